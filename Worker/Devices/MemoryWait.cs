using System.Globalization;

namespace Worker.Devices;

/// <summary>A wait for the memory that a slot's process had on its GPU.</summary>
/// <param name="Before">Bytes that were used when that process started.</param>
/// <param name="Slack">So many bytes above that count as free.</param>
/// <param name="IsShared">Other slots have the device too, and may have grown since.</param>
/// <param name="Until">When it ends at the latest.</param>
/// <param name="Used">Bytes used when last seen.</param>
/// <param name="Lowest">The fewest bytes used so far.</param>
/// <param name="LowestAt">When that was seen first.</param>
public sealed record MemoryWait(
    long Before,
    long Slack,
    bool IsShared,
    DateTimeOffset Until,
    long Used,
    long Lowest,
    DateTimeOffset LowestAt)
{
    /// <summary>How long a slot waits at most.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>
    /// On a shared device: so long without a fall, and nothing is taken to be left to wait for.
    /// </summary>
    public static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    private const int SlackShare = 50;   // a fiftieth of the device: contexts of other programs come and go

    /// <summary>Whether the memory is back.</summary>
    public bool IsFree => Used <= Before + Slack;

    /// <summary>A wait that begins.</summary>
    /// <param name="gpu">The device now.</param>
    /// <param name="before">Bytes used when the process started that has ended.</param>
    /// <param name="isShared">Other slots have the device too.</param>
    /// <param name="now">When.</param>
    public static MemoryWait Begin(Gpu gpu, long before, bool isShared, DateTimeOffset now) => new(
        before, gpu.MemoryBytes / SlackShare, isShared, now + Limit, gpu.UsedBytes, gpu.UsedBytes, now);

    /// <summary>The device was looked at.</summary>
    public MemoryWait Seen(long used, DateTimeOffset now) => used < Lowest
        ? this with { Used = used, Lowest = used, LowestAt = now }
        : this with { Used = used };

    /// <summary>Whether the next process may start.</summary>
    public bool IsOver(DateTimeOffset now) =>
        IsFree || now >= Until || (IsShared && now - LowestAt >= Settled);

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Gibibytes(Used):0.0} GiB are used, {Gibibytes(Before):0.0} when the slot's last process started");

    private static double Gibibytes(long bytes) => bytes / (double)(1L << 30);
}
