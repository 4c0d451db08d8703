namespace Worker.Hosting;

/// <summary>
/// What concerns one slot is carried out in order; slots do not wait for each other, except where something
/// concerns several.
/// </summary>
/// <param name="failed">Told of what a piece of work threw: the end of the worker.</param>
internal sealed class SlotChains(Action<Exception> failed)
{
    private readonly Dictionary<int, Task> _last = [];

    /// <summary>Done when everything added so far is.</summary>
    public Task AllAsync() => Task.WhenAll(_last.Values);

    /// <summary>Does something after everything that was added for these slots.</summary>
    /// <param name="slots">Their numbers, at least one.</param>
    /// <param name="work">What is to be done.</param>
    public void Add(IEnumerable<int> slots, Func<Task> work)
    {
        var numbers = slots.ToList();
        var earlier = Task.WhenAll(numbers.Select(slot => _last.GetValueOrDefault(slot, Task.CompletedTask)));
        var mine = After();
        foreach (var slot in numbers)
        {
            _last[slot] = mine;
        }

        async Task After()
        {
            await earlier;
            try
            {
                await work();
            }
            catch (Exception failure)
            {
                // A boundary: the loop ends with it, and so does the worker.
                failed(failure);
                throw;
            }
        }
    }
}
