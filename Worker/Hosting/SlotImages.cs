using Training.Data;

namespace Worker.Hosting;

/// <summary>The data sets that a slot has read: each is read when an attempt first asks for it.</summary>
/// <param name="places">Where data are looked for.</param>
public sealed class SlotImages(DataPlaces places)
{
    /// <summary>So many sets stay in memory; the one that was asked for longest ago goes first.</summary>
    public const int Kept = 2;

    private readonly LinkedList<(string Set, Lazy<ImageData> Images)> _sets = [];

    /// <summary>The images of a set; nothing for an attempt that names none.</summary>
    /// <param name="set">Name of the set, or nothing.</param>
    /// <remarks>
    /// To read them may throw <see cref="Training.Experiments.DataSetException"/>, and is tried again by the
    /// next attempt.
    /// </remarks>
    public Lazy<ImageData>? Of(string? set)
    {
        if (set is null)
        {
            return null;
        }

        lock (_sets)   // an evaluation asks for more sets while its slot listens
        {
            return Known(set);
        }
    }

    private Lazy<ImageData> Known(string set)
    {
        var known = _sets.FirstOrDefault(s => s.Set == set);
        if (known.Images is not null)
        {
            _sets.Remove(known);
        }
        else
        {
            known = (set, new Lazy<ImageData>(
                () => ImageSetReader.Read(set, places), LazyThreadSafetyMode.PublicationOnly));
        }

        _sets.AddFirst(known);
        while (_sets.Count > Kept)
        {
            _sets.RemoveLast();
        }

        return known.Images;
    }
}
