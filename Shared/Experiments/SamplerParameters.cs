namespace Shared.Experiments;

/// <summary>The Langevin chain that makes negatives.</summary>
public sealed record SamplerParameters
{
    /// <summary>Whether step and noise are one parameter or two.</summary>
    [Parameter(
        "Textbook ties drift and noise to one ε; decoupled has a step size α and a noise σ of their own.")]
    public LangevinForm Form { get; init; } = LangevinForm.Decoupled;

    /// <summary>T, the number of steps of a chain.</summary>
    [Parameter("T, the number of steps of a chain.", Unit = "steps")]
    [Range(1, 100_000)]
    public int Steps { get; init; } = 20;

    /// <summary>α when decoupled, ε when textbook, at each step.</summary>
    [Parameter("α when decoupled (x ← x − α·∇E + σ·η), ε when textbook (x ← x − ε²/2·∇E + ε·η).")]
    [Range(0, 1_000_000, ExclusiveMinimum = true)]
    public Schedule StepSize { get; init; } = new Schedule.Constant(10);

    /// <summary>σ of the decoupled form, at each step; zero makes no noise.</summary>
    [Parameter("σ, the standard deviation of the noise of a step; 0 for none.", Unit = "x")]
    [Range(0, 1_000)]
    [OnlyWhen("sampler.form", "decoupled")]
    public Schedule Noise { get; init; } = new Schedule.Constant(0.005);

    /// <summary>Each entry of the energy gradient is cut to ± this; nothing for no limit.</summary>
    [Parameter("Each entry of the energy gradient is cut to ± this.")]
    [Range(0, 1_000_000, ExclusiveMinimum = true)]
    public double? ValueClip { get; init; }
}

/// <summary>The two ways of writing a Langevin step.</summary>
public enum LangevinForm
{
    /// <summary>x ← x − ε²/2·∇E + ε·η.</summary>
    Textbook,

    /// <summary>x ← x − α·∇E + σ·η.</summary>
    Decoupled,
}
