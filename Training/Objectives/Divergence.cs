using Training.Experiments;

namespace Training.Objectives;

/// <summary>When a run counts as diverged: a loss that is not finite, or energies beyond all use.</summary>
public static class Divergence
{
    /// <summary>Largest mean |E| of a batch, of positives or of negatives.</summary>
    /// <remarks>Source: the limit of SADA-JEM's code; JEM's own, 1e8, is far too late.</remarks>
    public const double LargestMeanEnergy = 1e5;

    /// <summary>Judges one update; nothing when all is well.</summary>
    /// <param name="update">From 1.</param>
    /// <param name="terms">The loss of that update.</param>
    public static TrialEnd.Diverged? Judge(int update, LossTerms terms)
    {
        var energy = Math.Max(terms.Data.MeanAbsolute, terms.Samples.MeanAbsolute);
        if (!double.IsFinite(terms.Value) || !double.IsFinite(energy))
        {
            return new TrialEnd.Diverged(update, $"The loss of update {update} is not a finite number.");
        }

        return energy > LargestMeanEnergy
            ? new TrialEnd.Diverged(
                update, $"The mean |E| of update {update} is {energy:g4}, above {LargestMeanEnergy:g1}.")
            : null;
    }
}
