using Shared.Engine;
using Shared.Execution;
using Shared.Sweeps;

namespace Worker.Hosting;

/// <summary>The last 64 kB of a slot's log, from the beginning of its last attempt on.</summary>
public sealed class LogTail
{
    /// <summary>How much is kept, in characters.</summary>
    public const int Limit = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<string> _lines = [];
    private int _length;   // of the lines with their ends, in characters
    private int _written;
    private AttemptId? _attempt;

    /// <summary>What was said of the last attempt, in at most as many lines as a report shows.</summary>
    public SlotSaid? Said
    {
        get
        {
            lock (_lock)
            {
                return _attempt is { } attempt
                    ? new SlotSaid(attempt, new LogEnd(_written, [.. _lines.TakeLast(LogLimits.LinesOfSlot)]))
                    : null;
            }
        }
    }

    /// <summary>Lines are this attempt's from now on; those before are let go of.</summary>
    public void Begin(AttemptId attempt)
    {
        lock (_lock)
        {
            (_attempt, _written, _length) = (attempt, 0, 0);
            _lines.Clear();
        }
    }

    /// <summary>Adds a line.</summary>
    public void Add(string line)
    {
        if (line.Length >= Limit)
        {
            line = line[..(char.IsHighSurrogate(line[Limit - 2]) ? Limit - 2 : Limit - 1)];
        }

        lock (_lock)
        {
            _lines.Enqueue(line);
            _length += line.Length + 1;
            _written += _written < LogEnd.MostCounted ? 1 : 0;
            while (_length > Limit)
            {
                _length -= _lines.Dequeue().Length + 1;
            }
        }
    }

    /// <summary>The lines, after one that says how many were left out, if any were.</summary>
    public override string ToString()
    {
        lock (_lock)
        {
            return new LogEnd(_written, [.. _lines]).Text();
        }
    }
}
