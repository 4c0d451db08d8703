namespace Tests.Simulation;

/// <summary>
/// What concerns one slot is carried out in order; slots do not wait for each other, except where something
/// concerns several.
/// </summary>
internal sealed class Chains
{
    private readonly SortedDictionary<int, Queue<Link>> _queues = [];

    /// <summary>Whether everything is done.</summary>
    public bool AreEmpty => _queues.Values.All(queue => queue.Count == 0);

    /// <summary>Does something after everything that was added for these slots.</summary>
    /// <param name="slots">Their numbers, at least one.</param>
    /// <param name="work">Is given what to call when it is done.</param>
    public void Add(IReadOnlyList<int> slots, Action<Action> work)
    {
        var link = new Link(slots, work);
        foreach (var slot in slots)
        {
            if (!_queues.TryGetValue(slot, out var queue))
            {
                _queues[slot] = queue = new Queue<Link>();
            }

            queue.Enqueue(link);
        }

        BeginIfDue(link);
    }

    private void BeginIfDue(Link link)
    {
        if (!link.HasBegun && link.Slots.All(slot => _queues[slot].Peek() == link))
        {
            link.HasBegun = true;
            link.Work(() => Done(link));
        }
    }

    private void Done(Link link)
    {
        foreach (var slot in link.Slots)
        {
            _queues[slot].Dequeue();
        }

        foreach (var slot in link.Slots)
        {
            if (_queues[slot].TryPeek(out var next))
            {
                BeginIfDue(next);
            }
        }
    }

    private sealed class Link(IReadOnlyList<int> slots, Action<Action> work)
    {
        public IReadOnlyList<int> Slots { get; } = slots;

        public Action<Action> Work { get; } = work;

        public bool HasBegun { get; set; }
    }
}
