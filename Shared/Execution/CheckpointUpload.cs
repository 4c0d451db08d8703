namespace Shared.Execution;

/// <summary>
/// The checkpoints of a running attempt on their way to the store: the newest replaces older ones.
/// </summary>
/// <param name="Newest">
/// The newest one that is spooled and not on its way; nothing where there is none.
/// </param>
/// <param name="IsUnderWay">An older one is on its way.</param>
/// <param name="LastAt">When the last one was stored; before the first, when the attempt began.</param>
/// <param name="LastTook">How long that took; zero before the first.</param>
public sealed record CheckpointUpload(
    FromSlot.Checkpointed? Newest, bool IsUnderWay, DateTimeOffset LastAt, TimeSpan LastTook)
{
    /// <summary>How many times as long as an upload took no other is begun: 5 % of the link.</summary>
    public const int UploadsApart = 20;

    /// <summary>Shortest time between two uploads to a store on another machine.</summary>
    public static TimeSpan ShortestInterval { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Those of an attempt that begins now.</summary>
    public static CheckpointUpload Begin(DateTimeOffset now) => new(null, false, now, TimeSpan.Zero);

    /// <summary>Whether the newest one is to be uploaded to a store on another machine now.</summary>
    public bool IsDue(DateTimeOffset now)
    {
        var interval =
            LastTook * UploadsApart > ShortestInterval ? LastTook * UploadsApart : ShortestInterval;
        return Newest is not null && !IsUnderWay && (now - LastAt).Duration() >= interval;
    }
}
