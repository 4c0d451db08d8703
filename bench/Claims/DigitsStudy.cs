namespace Bench.Claims;

/// <summary>A11: two-head and JEM on 8,000 digits, from noise and from a buffer.</summary>
internal static class DigitsStudy
{
    private const string Accuracy = "accuracy";
    private const string GapSd = "gap_sd";
    private const string Gap = "gap";
    private const string Fid = "fid_clf";
    private const string FidFresh = "fid_clf_fresh";
    private const string Start = "initialisation.start";

    private const string TwoHeadNoise = "two-head, noise";
    private const string TwoHeadBuffer = "two-head, buffer";
    private const string JemNoise = "JEM, noise";
    private const string JemBuffer = "JEM, buffer";
    private const string UnclippedNoise = "JEM α 1, noise";
    private const string UnclippedBuffer = "JEM α 1, buffer";

    // Ranges over three seeds; the rows with α 1 were measured once. FID-clf is of 500 images there.
    private static readonly Dictionary<(string Row, string Metric), string> Ranges = new()
    {
        [(TwoHeadNoise, Accuracy)] = ".74–.77",
        [(TwoHeadNoise, GapSd)] = ".20–.79",
        [(TwoHeadNoise, FidFresh)] = "58–132",
        [(TwoHeadBuffer, Accuracy)] = ".79–.85",
        [(TwoHeadBuffer, GapSd)] = ".04–.07",
        [(TwoHeadBuffer, Fid)] = "39–44",
        [(TwoHeadBuffer, FidFresh)] = "123–250",
        [(JemNoise, Accuracy)] = ".61–.70",
        [(JemNoise, GapSd)] = ".27–.47",
        [(JemNoise, FidFresh)] = "53–206",
        [(JemBuffer, Accuracy)] = ".72–.79",
        [(JemBuffer, GapSd)] = ".04–.06",
        [(JemBuffer, Fid)] = "26–35",
        [(JemBuffer, FidFresh)] = "242–695",
        [(UnclippedNoise, Accuracy)] = ".832",
        [(UnclippedNoise, Gap)] = "10.0",
        [(UnclippedNoise, GapSd)] = ".5",
        [(UnclippedBuffer, Accuracy)] = ".700",
        [(UnclippedBuffer, Gap)] = "5.6",
        [(UnclippedBuffer, GapSd)] = ".7",
        [(UnclippedBuffer, Fid)] = "232",
    };

    /// <summary>The study.</summary>
    public static Study Study { get; } = new(
        "a11",
        "Trains two-head and JEM on 8,000 MNIST digits (h = 16, 300 updates, T 20, three replicates).\n\n"
        + "Example: SWEEP_DATA=~/data bench/a11",
        [
            new(TwoHeadNoise, "a11-two-head.yaml", Start, "noise"),
            new(TwoHeadBuffer, "a11-two-head.yaml", Start, "buffer"),
            new(JemNoise, "a11-jem.yaml", Start, "noise"),
            new(JemBuffer, "a11-jem.yaml", Start, "buffer"),
            new(UnclippedNoise, "a11-jem-unclipped.yaml", Start, "noise"),
            new(UnclippedBuffer, "a11-jem-unclipped.yaml", Start, "buffer"),
        ],
        [Accuracy, Gap, GapSd, Fid, FidFresh],
        (row, metric) => Ranges.GetValueOrDefault((row, metric), ""),
        Judge,
        [
            "the classifier-only row and its accuracy above .85",
            "f-AUROC against noise above .98",
            "JEM with a buffer above .85 after 1,000 updates",
        ]);

    private static IReadOnlyList<Claim> Judge(IReadOnlyDictionary<string, Row> rows) =>
    [
        Claim.Above("JEM, buffer: accuracy above .6", rows[JemBuffer].Median(Accuracy), 0.6),
        .. Pair(rows[TwoHeadNoise], rows[TwoHeadBuffer]),
        .. Pair(rows[JemNoise], rows[JemBuffer]),
        Claim.Above(
            "the gap of α 1 without a clip is more than 10 × that of α 10",
            Math.Abs(rows[UnclippedBuffer].Median(Gap)),
            10 * Math.Abs(rows[JemBuffer].Median(Gap))),
    ];

    private static IEnumerable<Claim> Pair(Row noise, Row buffer) =>
    [
        Claim.Below(
            $"{buffer.Name}: gap sd below a third of noise starts'",
            buffer.Median(GapSd),
            noise.Median(GapSd) / 3),
        Claim.Below(
            $"{buffer.Name}: FID-clf of its contents below that of noise starts' chains",
            buffer.Median(Fid),
            noise.Median(Fid)),
    ];
}
