namespace Tests.Simulation;

/// <summary>
/// The only clock and the only source of chance of a simulation: what happens next, and when.
/// </summary>
internal sealed class Agenda(int seed)
{
    private readonly PriorityQueue<Action, (DateTimeOffset At, long Order)> _due = new();
    private readonly Random _random = new(seed);
    private DateTimeOffset _time = DateTimeOffset.UnixEpoch;
    private TimeSpan _slept;
    private long _order;

    /// <summary>Simulated time, as every clock shows it.</summary>
    public DateTimeOffset Now => _time + _slept;

    /// <summary>How often everything slept.</summary>
    public int Sleeps { get; private set; }

    /// <summary>How many things have happened.</summary>
    public long Happened { get; private set; }

    /// <summary>A number from 0 to below 1.</summary>
    public double Draw() => _random.NextDouble();

    /// <summary>A whole number from 0 to below a limit.</summary>
    public int Draw(int below) => _random.Next(below);

    /// <summary>A time span between two, in seconds.</summary>
    public TimeSpan Between(double shortest, double longest) =>
        TimeSpan.FromSeconds(shortest + ((longest - shortest) * _random.NextDouble()));

    /// <summary>A new identifier.</summary>
    public Guid DrawId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }

    /// <summary>Something is to happen after a while, not counting time asleep.</summary>
    public void After(TimeSpan delay, Action what) => _due.Enqueue(what, (_time + delay, _order++));

    /// <summary>
    /// Nothing at all happens for a while, and then everything goes on: a computer that slept.
    /// </summary>
    public void Sleep(TimeSpan length)
    {
        _slept += length;
        Sleeps++;
    }

    /// <summary>Lets the next thing happen; false when nothing is left.</summary>
    public bool RunNext()
    {
        if (!_due.TryDequeue(out var what, out var due))
        {
            return false;
        }

        _time = due.At;
        Happened++;
        what();
        return true;
    }
}

/// <summary>
/// A queue whose items are handled in order, each after a delay of its own, and none while its owner is
/// frozen.
/// </summary>
/// <param name="agenda">The simulation's clock.</param>
/// <param name="slowest">Longest delay of one item, in seconds.</param>
/// <param name="frozenFor">How long the owner still stands still; zero while it does not.</param>
internal sealed class Mailbox(Agenda agenda, double slowest, Func<TimeSpan> frozenFor)
{
    private readonly Queue<Action> _items = new();
    private bool _isUnderWay;

    /// <summary>Whether everything posted was handled, or is being handled.</summary>
    public bool IsEmpty => _items.Count == 0;

    /// <summary>Adds an item.</summary>
    public void Post(Action item)
    {
        _items.Enqueue(item);
        Continue();
    }

    private void Continue()
    {
        if (!_isUnderWay && _items.Count > 0)
        {
            _isUnderWay = true;
            agenda.After(agenda.Between(0, slowest), Handle);
        }
    }

    private void Handle()
    {
        if (frozenFor() is var wait && wait > TimeSpan.Zero)
        {
            agenda.After(wait + agenda.Between(0, slowest), Handle);
            return;
        }

        _items.Dequeue()();
        _isUnderWay = false;
        Continue();
    }
}
