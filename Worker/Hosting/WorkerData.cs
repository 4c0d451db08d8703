using System.Collections.Concurrent;
using System.Collections.Immutable;
using Shared.Data;
using Training.Data;
using Training.Experiments;

namespace Worker.Hosting;

/// <summary>
/// The data sets of this machine, as far as sweeps asked for them: a set is read once, and fetched where it
/// is missing, before anything is claimed that needs it.
/// </summary>
/// <param name="places">Where data are looked for.</param>
/// <param name="fetch">Downloads a set into a folder.</param>
/// <param name="clock">For the waits between two tries.</param>
/// <param name="log">Takes one line.</param>
internal sealed class WorkerData(
    DataPlaces places, Func<ImageSet, string, Task> fetch, TimeProvider clock, Action<string> log)
{
    /// <summary>
    /// Wait before the second try to get a set; doubled after each, up to <see cref="LongestWait"/>.
    /// </summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait between two tries.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Lazy<Task<FoundData>>> _sets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TimeSpan> _waits = new(StringComparer.Ordinal);

    /// <summary>Names of the sets that were read and are whole.</summary>
    public ImmutableSortedSet<string> Whole => _sets
        .Where(set => set.Value is
        {
            IsValueCreated: true,
            Value: { IsCompletedSuccessfully: true, Result.Problem: null },
        })
        .Select(set => set.Key)
        .ToImmutableSortedSet(StringComparer.Ordinal);

    /// <summary>
    /// Whether a set is here; the first question reads it, and begins to fetch it where it is not.
    /// </summary>
    /// <param name="set">Its name, or the files that a sweep names by path.</param>
    public Task<FoundData> FindAsync(string set) =>
        _sets.GetOrAdd(set, name => new Lazy<Task<FoundData>>(() => Task.Run(() => Look(name)))).Value;

    private FoundData Look(string set)
    {
        try
        {
            var images = ImageSetReader.Read(set, places);
            return new FoundData([.. ComputingEnvironment.OfData(images)], null);
        }
        catch (DataSetException missing)
        {
            var wait = _waits.AddOrUpdate(
                set, FirstWait, (_, last) => last * 2 < LongestWait ? last * 2 : LongestWait);
            _ = TryAgainAsync(set, wait);
            return new FoundData([], missing.Message.TrimEnd('.'));
        }
    }

    /// <summary>
    /// Fetches what the catalogue knows, and looks again; whatever fails is tried again later.
    /// </summary>
    private async Task TryAgainAsync(string set, TimeSpan wait)
    {
        if (ImageSets.Find(set) is not { } known || places.Given is not null)
        {
            await Task.Delay(wait, clock);   // somebody may put the files there
        }
        else
        {
            try
            {
                await fetch(known, Path.Combine(places.Pulled, known.Name));
                log($"{set} is fetched");
            }
            catch (DataSetException failure)
            {
                log(failure.Message);
                await Task.Delay(wait, clock);
            }
        }

        _sets.TryRemove(set, out _);
    }
}

/// <summary>What a look for a data set found.</summary>
/// <param name="Libraries">What it adds to the environment of an attempt: its hashes by name.</param>
/// <param name="Problem">Why it cannot be used now; nothing when it is whole.</param>
internal sealed record FoundData(ImmutableArray<KeyValuePair<string, string>> Libraries, string? Problem);
