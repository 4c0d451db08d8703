using System.Globalization;

namespace Worker.Hosting;

/// <summary>Tells a death for want of memory from another one.</summary>
/// <remarks>
/// The kernel ends the process with signal 9, as anybody can; what tells is its own count of such kills, of
/// the control group that this process is in and of the machine.
/// </remarks>
public static class MemoryDeath
{
    /// <summary>Signal that the kernel ends a process with when memory runs out.</summary>
    public const int Signal = 9;

    private const string Groups = "/sys/fs/cgroup";
    private const string GroupOfSelf = "/proc/self/cgroup";
    private const string Machine = "/proc/vmstat";
    private const string Counter = "oom_kill ";
    private const int LinesOfDeath = 20;

    // As libtorch, CUDA and its libraries, the C++ library and .NET say it.
    private static readonly string[] OfDevice =
    [
        "CUDA out of memory", "CUDA error: out of memory", "CUBLAS_STATUS_ALLOC_FAILED",
        "CUDNN_STATUS_ALLOC_FAILED",
    ];

    private static readonly string[] OfBox =
    [
        "DefaultCPUAllocator: can't allocate memory", "DefaultCPUAllocator: not enough memory",
        "std::bad_alloc", "System.OutOfMemoryException", "Out of memory.",
    ];

    /// <summary>
    /// How many processes were killed for memory so far, in this control group and on this machine.
    /// </summary>
    public static long Kills() => Files().Sum(file => CountIn(TextOf(file)));

    /// <summary>
    /// The kernel's count in the text of <c>memory.events</c> or <c>/proc/vmstat</c>; 0 without one.
    /// </summary>
    public static long CountIn(string text)
    {
        var line = text.Split('\n').FirstOrDefault(l => l.StartsWith(Counter, StringComparison.Ordinal));
        return line is not null
            && long.TryParse(line.AsSpan(Counter.Length), CultureInfo.InvariantCulture, out var count)
            ? count
            : 0;
    }

    /// <summary>
    /// The folder of a control group in the text of <c>/proc/self/cgroup</c>: the unified one's.
    /// </summary>
    public static string GroupIn(string text)
    {
        var line = text.Split('\n').FirstOrDefault(l => l.StartsWith("0::", StringComparison.Ordinal));
        return line is null ? Groups : Groups + line["0::".Length..].TrimEnd('/');
    }

    /// <summary>How a slot's process ended, one sentence.</summary>
    /// <param name="processId">Its number.</param>
    /// <param name="exitCode">128 and the signal's number, or its own code.</param>
    /// <param name="killsSinceStart">Kills for memory while it ran.</param>
    /// <param name="residentBytes">Its resident memory when last seen; 0 unknown.</param>
    public static string Sentence(int processId, int exitCode, long killsSinceStart, long residentBytes)
    {
        if (exitCode == 128 + Signal && killsSinceStart > 0)
        {
            var resident = FormattableString.Invariant($"{residentBytes / (double)(1L << 30):0.0}");
            return $"the slot's process {processId} was killed for memory: "
                + $"{resident} GiB resident when last seen";
        }

        return exitCode > 128
            ? $"the slot's process {processId} was ended by signal {exitCode - 128}"
            : $"the slot's process {processId} ended with exit code {exitCode}";
    }

    /// <summary>A failure's reason, with its kind said first where memory was too small.</summary>
    public static string Explain(string reason) => WantOf(reason) is { } want ? $"{want}: {reason}" : reason;

    /// <summary>
    /// How a slot's process ended, with what its log says last of memory: libraries that find none end the
    /// process themselves.
    /// </summary>
    /// <param name="sentence">How it ended.</param>
    /// <param name="log">The end of its log.</param>
    public static string Explain(string sentence, string log)
    {
        var line = log.Split('\n').TakeLast(LinesOfDeath).LastOrDefault(l => WantOf(l) is not null)?.Trim();
        return line is null ? sentence : $"{sentence}; {Explain(line)}";
    }

    private static string? WantOf(string text) =>
        OfDevice.Any(phrase => text.Contains(phrase, StringComparison.Ordinal))
            ? "the device has too little memory"
            : OfBox.Any(phrase => text.Contains(phrase, StringComparison.Ordinal))
                ? "the box has too little memory"
                : null;

    private static string[] Files() => [Path.Combine(GroupIn(TextOf(GroupOfSelf)), "memory.events"), Machine];

    private static string TextOf(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException)
        {
            return "";   // another system, or a container that shows none
        }
    }
}
