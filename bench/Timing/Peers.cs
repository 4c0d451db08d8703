namespace Bench.Timing;

/// <summary>Who is timed: this product, and PyTorch twice.</summary>
internal static class Peers
{
    private static readonly string[] Ours = [Environment.ProcessPath!, BenchPlaces.Program, "peer"];
    private static readonly string[] PyTorch = ["/usr/bin/python3", BenchPlaces.File("torch_peer.py")];
    private static readonly Dictionary<string, string> NothingBesides = [];

    /// <summary>
    /// glibc's settings by its environment variables, the same as <c>sw_tune_malloc</c> makes: blocks are
    /// kept and not given back to the kernel.
    /// </summary>
    private static readonly Dictionary<string, string> TunedMalloc = new(StringComparer.Ordinal)
    {
        ["MALLOC_ARENA_MAX"] = "1",
        ["MALLOC_MMAP_MAX_"] = "0",
        ["MALLOC_TRIM_THRESHOLD_"] = "1073741824",
        ["MALLOC_TOP_PAD_"] = "67108864",
    };

    /// <summary>Ours first, then those that it is compared with.</summary>
    public static IReadOnlyList<PeerPlan> All { get; } =
    [
        new("ours", Ours, NothingBesides),
        new("PyTorch as it comes", PyTorch, NothingBesides),
        new("PyTorch malloc-tuned", PyTorch, TunedMalloc),
    ];
}
