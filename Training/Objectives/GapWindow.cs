using Training.Checkpoints;

namespace Training.Objectives;

/// <summary>The gaps of the last updates: their spread measures how steadily training runs.</summary>
public sealed class GapWindow : ICheckpointed
{
    /// <summary>How many updates are looked back on.</summary>
    public const int Length = 50;

    private readonly Queue<double> _gaps = new(Length);

    /// <inheritdoc/>
    public string Section => "gaps";

    /// <summary>Adds the gap of one update.</summary>
    public void Add(double gap)
    {
        if (_gaps.Count == Length)
        {
            _gaps.Dequeue();
        }

        _gaps.Enqueue(gap);
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter to) => to.WriteList(_gaps);

    /// <inheritdoc/>
    public void Load(BinaryReader from)
    {
        _gaps.Clear();
        Array.ForEach(from.ReadList(Length), Add);
    }

    /// <summary>Sample standard deviation, n − 1; nothing from fewer than two gaps.</summary>
    public double? StandardDeviation()
    {
        if (_gaps.Count < 2)
        {
            return null;
        }

        var mean = _gaps.Average();
        return Math.Sqrt(_gaps.Sum(gap => (gap - mean) * (gap - mean)) / (_gaps.Count - 1));
    }
}
