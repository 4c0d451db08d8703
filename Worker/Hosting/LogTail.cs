using System.Text;

namespace Worker.Hosting;

/// <summary>The last 64 kB of a slot's log.</summary>
public sealed class LogTail
{
    /// <summary>How much is kept, in characters.</summary>
    public const int Limit = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();

    /// <summary>Adds a line.</summary>
    public void Add(string line)
    {
        lock (_lock)
        {
            _text.Append(line).Append('\n');
            if (_text.Length > 2 * Limit)
            {
                _text.Remove(0, _text.Length - Limit);
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        lock (_lock)
        {
            return _text.Length <= Limit ? _text.ToString() : _text.ToString(_text.Length - Limit, Limit);
        }
    }
}
