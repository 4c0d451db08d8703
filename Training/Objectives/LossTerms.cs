using static TorchSharp.torch;

namespace Training.Objectives;

/// <summary>The loss of one update, to be differentiated, and what is reported of it.</summary>
/// <param name="Total">The loss, a scalar with history; belongs to the caller's dispose scope.</param>
/// <param name="Terms">The same as numbers.</param>
public sealed record Loss(Tensor Total, LossTerms Terms);

/// <summary>The parts of the loss of one update.</summary>
/// <param name="Value">The loss.</param>
/// <param name="Data">Energies of the positives.</param>
/// <param name="Samples">Energies of the negatives.</param>
/// <param name="Class">Cross-entropy of the classes, in nats; nothing where there are none.</param>
public sealed record LossTerms(double Value, EnergySummary Data, EnergySummary Samples, double? Class)
{
    /// <summary>The contrast before its weight; mean E(x⁺) − mean E(x⁻) unless said otherwise.</summary>
    public double Contrastive { get; init; } = Data.Mean - Samples.Mean;

    /// <summary>mean |∇ₓE(x⁺)|², before its coefficient; nothing where it is not penalised.</summary>
    public double? GradientPenalty { get; init; }

    /// <summary>mean E(x⁻) − mean E(x⁺).</summary>
    public double Gap => Samples.Mean - Data.Mean;

    /// <summary>mean E(x⁺)² + mean E(x⁻)², before its coefficient.</summary>
    public double EnergyL2 => Data.MeanSquare + Samples.MeanSquare;
}
