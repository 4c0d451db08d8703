using System.Collections.Immutable;
using Akka.Actor;
using Engine.Akka.Wire;
using Shared.Engine;

namespace Engine.Akka.Nodes;

/// <summary>Asks a coordinator, again and again for a while; an answer to any of the tries is one to all.</summary>
/// <param name="ask">Asks once and waits for so long.</param>
/// <param name="limit">How long to ask in all.</param>
/// <param name="time">The clock.</param>
/// <param name="seeds">Where coordinators should be; nothing where the sender is beside them.</param>
internal sealed class CoordinatorAsking(
    Func<Parcel, TimeSpan, CancellationToken, Task<Reply>> ask, TimeSpan limit, TimeProvider time,
    params ImmutableArray<SeedAddress> seeds)
{
    private static readonly TimeSpan Try = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Asks until there is an answer, or the time for it is over.</summary>
    public async Task<Reply> AskAsync(Request request, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        Reply? last = null;
        for (var left = limit; left > TimeSpan.Zero; left = limit - time.GetElapsedTime(began))
        {
            switch (last = await TryAsync(request, left < Try ? left : Try, cancellation))
            {
                case null or Reply.NotYet:
                    await Task.Delay(Pause, time, cancellation);
                    break;
                case Reply.Unreadable unreadable:
                    throw new SweepUnreadableException(unreadable.Sweep, unreadable.Why);
                case Reply.Unusable unusable:
                    throw new StoreUnusableException(unusable.Why);
                case Reply.Silent silent:
                    throw Silent(silent.Why);
                default:
                    return last;
            }
        }

        throw Silent(last is Reply.NotYet notYet
            ? $"the coordinator is not ready after {limit.TotalSeconds:0} s: {notYet.Why}"
            : $"no coordinator answered within {limit.TotalSeconds:0} s{Where()}");
    }

    private async Task<Reply?> TryAsync(Request request, TimeSpan wait, CancellationToken cancellation)
    {
        Reply? reply = null;
        foreach (var parcel in Parcel.Of(request, Guid.NewGuid()))
        {
            try
            {
                reply = await ask(parcel, wait, cancellation);
            }
            catch (AskTimeoutException)
            {
                return null;
            }

            if (reply is not Reply.Taken)
            {
                return reply;
            }
        }

        return reply;
    }

    private string Where() => seeds.IsDefaultOrEmpty
        ? ""
        : $" at {string.Join(", ", seeds)}: ./sweep coordinator starts one there";

    private static StoreUnreachableException Silent(string why) => new(why, new TimeoutException(why));
}
