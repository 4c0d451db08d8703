namespace Shared.Metrics;

/// <summary>How fast long chains on a stored model forget where they were.</summary>
public static class ChainMetrics
{
    private const string Cadence = "by an evaluation whose chains.start is noise";
    private const string Vehtari = "Vehtari et al. 2021, eq. 3 and 4, without rank normalisation";
    private const string Geyer = "Geyer 1992, initial monotone sequence; Vehtari et al. 2021, eq. 10";

    /// <summary>Effective number of energies.</summary>
    public static readonly MetricDeclaration EnergyEss = new(
        "ess_energy",
        "Effective number of the energies along the second half of chains.count chains, for 1,000 gradient evaluations "
        + "of all steps.",
        "1,000 · (m·n / (−1 + 2 Σ (ρ_2k + ρ_2k+1))) / gradient evaluations", "1/1,000 gradients",
        Direction.Higher, MetricKind.Result, Cadence, Geyer)
    {
        IsHeadline = false,
    };

    /// <summary>Split R̂ of energies.</summary>
    public static readonly MetricDeclaration EnergyRhat = new(
        "rhat_energy",
        "Split R̂ of the energies along the second half of the chains: 1 where chains cannot be told apart, above 1.01 "
        + "they have not mixed.",
        "√(((n − 1)/n · W + B/n) / W) of half-chains", "1",
        Direction.Lower, MetricKind.Result, Cadence, Vehtari);

    /// <summary>Least effective number of projections.</summary>
    public static readonly MetricDeclaration ProjectionEss = new(
        "ess_projection", "As ess_energy, the least of three fixed random projections of the states.",
        "as ess_energy, of uᵀx with u ~ N(0, I) fixed", "1/1,000 gradients",
        Direction.Higher, MetricKind.Result, Cadence, Geyer)
    {
        IsHeadline = false,
    };

    /// <summary>Greatest split R̂ of projections.</summary>
    public static readonly MetricDeclaration ProjectionRhat = new(
        "rhat_projection", "As rhat_energy, the greatest of three fixed random projections of the states.",
        "as rhat_energy, of uᵀx with u ~ N(0, I) fixed", "1",
        Direction.Lower, MetricKind.Result, Cadence, Vehtari);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MetricDeclaration> All { get; } =
        [EnergyEss, EnergyRhat, ProjectionEss, ProjectionRhat];
}
