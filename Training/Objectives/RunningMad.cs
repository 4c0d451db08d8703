using Training.Checkpoints;

namespace Training.Objectives;

/// <summary>Median and median absolute deviation of the last values that were added.</summary>
/// <remarks>Source: Hampel 1974; without the factor 1.4826 that makes it a normal's deviation.</remarks>
public sealed class RunningMad
{
    /// <summary>How many values are looked back on; before there are so many nothing is said.</summary>
    public const int Length = 50;

    private readonly Queue<double> _values = new(Length);

    /// <summary>Adds a value.</summary>
    public void Add(double value)
    {
        if (_values.Count == Length)
        {
            _values.Dequeue();
        }

        _values.Enqueue(value);
    }

    /// <summary>Writes the values, the oldest first.</summary>
    public void Save(BinaryWriter to) => to.WriteList(_values);

    /// <summary>Has what <see cref="Save"/> wrote instead of its own values.</summary>
    public void Load(BinaryReader from)
    {
        _values.Clear();
        Array.ForEach(from.ReadList(Length), Add);
    }

    /// <summary>
    /// |value − median| in MADs; nothing while there are fewer than 50 values, or where they do not vary.
    /// </summary>
    public double? Distance(double value)
    {
        if (_values.Count < Length)
        {
            return null;
        }

        var median = MedianOf(_values);
        var deviation = MedianOf(_values.Select(held => Math.Abs(held - median)));
        return deviation > 0 ? Math.Abs(value - median) / deviation : null;
    }

    private static double MedianOf(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return (ordered[(Length / 2) - 1] + ordered[Length / 2]) / 2;
    }
}
