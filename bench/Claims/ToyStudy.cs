namespace Bench.Claims;

/// <summary>A6: every objective on eight Gaussians, where the distance from the truth is exact.</summary>
internal static class ToyStudy
{
    private const string Kl = "kl";
    private const string Start = "initialisation.start";

    private const string Divergence = "CD: start data";
    private const string Persistent = "PCD: buffer";
    private const string Restarted = "PCD: 5 % restarts";
    private const string ShortRun = "short run: start noise";
    private const string Faint = "PCD, noise × .1";
    private const string Hinge = "hinge: buffer";

    /// <summary>The study.</summary>
    public static Study Study { get; } = new(
        "a6",
        "Trains every objective on eight Gaussians (2,000 updates, three replicates); KL in nats by a "
        + "200 × 200 grid, uniform = 1.65.\n\nExample: bench/a6",
        [
            new(Divergence, "a6-start.yaml", Start, "data"),
            new(Persistent, "a6-start.yaml", Start, "buffer"),
            new(ShortRun, "a6-start.yaml", Start, "noise"),
            new(Restarted, "a6-restarts.yaml"),
            new(Faint, "a6-faint-noise.yaml"),
            new(Hinge, "a6-hinge.yaml"),
        ],
        [Kl, "log_z", "gap_sd"],
        (_, _) => "",
        Judge,
        [
            "DSM, SSM and NCE (and its |c − log Z| < .15): the product has no such objective yet",
        ]);

    private static IReadOnlyList<Claim> Judge(IReadOnlyDictionary<string, Row> rows)
    {
        var far = 1.5 * rows[Persistent].Median(Kl);
        return
        [
            .. new[] { Divergence, Persistent, Restarted, ShortRun, Hinge }
                .Select(row => Claim.Below($"{row}, KL below 1", rows[row].Median(Kl), 1)),
            Claim.Below("PCD, KL below .5", rows[Persistent].Median(Kl), 0.5),
            Claim.Above("noise starts end more than 1.5 × as far as PCD", rows[ShortRun].Median(Kl), far),
            Claim.Above("PCD with its noise × .1 ends more than 1.5 × as far", rows[Faint].Median(Kl), far),
        ];
    }
}
