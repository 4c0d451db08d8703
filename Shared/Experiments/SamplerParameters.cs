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

    /// <summary>Whether the noise of a step comes after its drift or before it.</summary>
    [Parameter(
        "Noise-last adds the noise after the drift; noise-first adds it, keeps the box and takes the "
        + "gradient there, so that the last state has no fresh noise.")]
    public NoiseOrder Order { get; init; } = NoiseOrder.NoiseLast;

    /// <summary>Each entry of the energy gradient is cut to ± this; nothing for no limit.</summary>
    [Parameter("Each entry of the energy gradient is cut to ± this.")]
    [Range(0, 1_000_000, ExclusiveMinimum = true)]
    public double? ValueClip { get; init; }

    /// <summary>
    /// The energy gradient of a sample is scaled down to this L2 norm where longer; nothing for no limit.
    /// </summary>
    [Parameter("The energy gradient of a sample is scaled down to this L2 norm where it is longer.")]
    [Range(0, 1_000_000, ExclusiveMinimum = true)]
    public double? NormClip { get; init; }

    /// <summary>What happens to a chain that would leave the box.</summary>
    [Parameter(
        "What keeps chains in the box: clamping at every step, clamping at the end, never, or reject: a step "
        + "that would leave the box is not taken by that chain.")]
    public BoundaryRule Boundary { get; init; } = BoundaryRule.EveryStep;

    /// <summary>
    /// Whether one more drift follows at the end, of the last step's size and without noise.
    /// </summary>
    [Parameter("One more drift at the end, of the last step's size and without noise.")]
    public bool FinalNoiseFreeStep { get; init; }

    /// <summary>A gradient is clipped in one way.</summary>
    internal IReadOnlyList<ParameterConflict> Conflicts => ValueClip is not null && NormClip is not null
        ? [new("sampler.norm_clip", "none, or sampler.value_clip: none; a gradient is clipped in one way")]
        : [];
}

/// <summary>The two ways of writing a Langevin step.</summary>
public enum LangevinForm
{
    /// <summary>x ← x − ε²/2·∇E + ε·η.</summary>
    Textbook,

    /// <summary>x ← x − α·∇E + σ·η.</summary>
    Decoupled,
}

/// <summary>Where the noise of a Langevin step stands.</summary>
public enum NoiseOrder
{
    /// <summary>After the drift, as in the textbook and in JEM.</summary>
    NoiseLast,

    /// <summary>Before the gradient is taken, as in IGEBM and the JEM exercise.</summary>
    NoiseFirst,
}

/// <summary>What happens at the box.</summary>
public enum BoundaryRule
{
    /// <summary>Coordinates are clamped after every change.</summary>
    EveryStep,

    /// <summary>Coordinates are clamped once, after the last step, as in EnergyNet.</summary>
    AtEnd,

    /// <summary>Nothing: chains may leave the box, as in JEM.</summary>
    Never,

    /// <summary>A chain that a step would lead out of the box stays where it was for that step.</summary>
    Reject,
}
