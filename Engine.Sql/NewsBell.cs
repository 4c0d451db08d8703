namespace Engine.Sql;

/// <summary>Wakes whoever waits for a change that this process makes or hears of.</summary>
internal sealed class NewsBell
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when it rings next; take it before looking, so that no ring falls in between.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Rings.</summary>
    public void Raise() => Interlocked
        .Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))
        .SetResult();
}
