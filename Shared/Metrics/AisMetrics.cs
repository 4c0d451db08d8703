namespace Shared.Metrics;

/// <summary>What annealed importance sampling says of log Z, and how far that is from the exact one.</summary>
public static class AisMetrics
{
    private const string Cadence = "by an evaluation whose ais.start is uniform";
    private const string Neal = "Neal 2001, section 2";

    /// <summary>log Z by quadrature.</summary>
    public static readonly MetricDeclaration Exact = new(
        "log_z_exact",
        "log Z of the model over its box by midpoint quadrature on a grid of 200 × 200, which its chains are compared "
        + "with.",
        "log Σ exp(−E(x_ij))·h²", "nats",
        Direction.None, MetricKind.Result, Cadence, "midpoint rule");

    /// <summary>log Z from below.</summary>
    public static readonly MetricDeclaration Forward = new(
        "log_z_ais",
        "log Z by chains annealed from the uniform density of the box to the model; at most log_z_exact on average over "
        + "seeds.",
        "log Z₀ + log mean w, log w = Σ_k (E₀(x_(k−1)) − E(x_(k−1)))/K", "nats",
        Direction.None, MetricKind.Result, Cadence, Neal);

    /// <summary>log Z from above.</summary>
    public static readonly MetricDeclaration Reverse = new(
        "log_z_ais_reverse",
        "log Z by chains annealed back from exact draws of the model; at least log_z_exact on average over seeds.",
        "log Z₀ − log mean 1/w", "nats",
        Direction.None, MetricKind.Result, Cadence, "Burda, Grosse and Salakhutdinov 2015, section 3");

    /// <summary>What the forward estimate is off by.</summary>
    public static readonly MetricDeclaration Error = new(
        "log_z_ais_error", "How far log_z_ais is from log_z_exact.",
        "|log_z_ais − log_z_exact|", "nats",
        Direction.Lower, MetricKind.Result, Cadence, "definition");

    /// <summary>How far the two estimates are apart.</summary>
    public static readonly MetricDeclaration Width = new(
        "log_z_ais_width",
        "How far the two estimates are apart: what is known of log Z where no grid gives it. Near 0 both have converged, "
        + "provided that neither effective number is small. Chance spreads it by "
        + "√(1/ais_ess + 1/ais_ess_reverse − 2/ais.count); further below 0, one of them rests on few chains.",
        "log_z_ais_reverse − log_z_ais", "nats",
        Direction.None, MetricKind.Result, Cadence, "Grosse, Ghahramani and Adams 2015, section 1");

    /// <summary>Effective number of the forward chains.</summary>
    public static readonly MetricDeclaration Ess = new(
        "ais_ess", "Effective number of the forward chains by their weights, from 1 to ais.count.",
        "(Σ w)²/Σ w²", "chains",
        Direction.Higher, MetricKind.Result, Cadence, Neal);

    /// <summary>Effective number of the reverse chains.</summary>
    public static readonly MetricDeclaration ReverseEss = new(
        "ais_ess_reverse", "As ais_ess, of the reverse chains and 1/w.",
        "(Σ 1/w)²/Σ 1/w²", "chains",
        Direction.Higher, MetricKind.Result, Cadence, Neal);

    /// <summary>Share of proposals taken.</summary>
    public static readonly MetricDeclaration Acceptance = new(
        "ais_acceptance", "Share of the trajectories of the forward chains that were taken.",
        "taken / proposed", "1",
        Direction.None, MetricKind.Result, Cadence, "definition")
    {
        IsHeadline = false,
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MetricDeclaration> All { get; } =
        [Exact, Forward, Reverse, Error, Width, Ess, ReverseEss, Acceptance];
}
