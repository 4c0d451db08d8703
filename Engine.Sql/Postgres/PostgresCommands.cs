using System.Threading.Channels;
using Shared.Sweeps;

namespace Engine.Sql.Postgres;

/// <summary>
/// The commands of a process: those of one sweep that wait at the same time share a transaction. None is
/// answered before the commit.
/// </summary>
internal sealed class PostgresCommands : IAsyncDisposable
{
    private const int QueueLimit = 1024;   // commands that wait; whoever brings more waits to queue
    private const int GroupLimit = 64;   // commands a transaction

    private readonly Channel<PendingCommand> _queue = Channel.CreateBounded<PendingCommand>(
        new BoundedChannelOptions(QueueLimit) { SingleReader = true });

    private readonly PostgresTransaction _transaction;
    private readonly PostgresPresence _presence;
    private readonly Task _carrying;

    /// <summary>Starts to carry commands out.</summary>
    public PostgresCommands(PostgresTransaction transaction, PostgresPresence presence)
    {
        _transaction = transaction;
        _presence = presence;
        _carrying = Task.Run(CarryAllAsync);
    }

    /// <summary>Carries out a command and gives its answer once it is durable.</summary>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="command">The command.</param>
    /// <param name="right">By which right a lease is taken away; nothing where it is the holder's own.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="LeaseHeldException">The lease was renewed meanwhile.</exception>
    public async Task<Decision> DecideAsync(
        string sweep, SweepCommand command, LossRight? right, CancellationToken cancellation)
    {
        var worker = (command as SweepCommand.ClaimTrials)?.Places.FirstOrDefault()?.Worker
            ?? _presence.OnlyWorker;
        var pending = new PendingCommand(sweep, command, right, worker, cancellation);
        try
        {
            await _queue.Writer.WriteAsync(pending, cancellation);
        }
        catch (ChannelClosedException closed)
        {
            throw new ObjectDisposedException("the store was closed", closed);
        }

        return await pending.Answer.WaitAsync(cancellation);
    }

    /// <summary>Carries out what is queued.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _carrying;
    }

    private async Task CarryAllAsync()
    {
        var waiting = new List<PendingCommand>(GroupLimit);
        while (await _queue.Reader.WaitToReadAsync())
        {
            waiting.Clear();
            while (waiting.Count < GroupLimit && _queue.Reader.TryRead(out var pending))
            {
                if (!pending.GaveUp())
                {
                    waiting.Add(pending);
                }
            }

            foreach (var group in waiting.GroupBy(pending => (pending.Sweep, pending.Worker)))
            {
                await CarryAsync([.. group]);
            }
        }
    }

    private async Task CarryAsync(List<PendingCommand> group)
    {
        try
        {
            var decisions = await _transaction.DecideAsync(group, _presence.TokenOf(group[0].Worker));
            foreach (var (pending, decision) in group.Zip(decisions))
            {
                pending.Succeed(decision);
            }
        }
        catch (Exception) when (group.Count > 1)   // boundary: one that fails leaves the others alone
        {
            foreach (var pending in group)
            {
                await CarryAsync([pending]);
            }
        }
        catch (Exception failure)   // boundary: it belongs to the one who waits, and the queue goes on
        {
            group[0].Fail(failure);
        }
    }
}

/// <summary>By which right somebody else's lease is taken away.</summary>
internal enum LossRight
{
    /// <summary>Its holder has been gone for longer than the grace.</summary>
    Gone,

    /// <summary>It is past its end.</summary>
    Expired,
}

/// <summary>A command that waits for its turn.</summary>
/// <param name="sweep">Name of the sweep.</param>
/// <param name="command">The command.</param>
/// <param name="right">By which right a lease is taken away.</param>
/// <param name="worker">The worker of this process that it is of, where one is known.</param>
/// <param name="cancellation">Whether its sender still waits.</param>
internal sealed class PendingCommand(
    string sweep, SweepCommand command, LossRight? right, string? worker, CancellationToken cancellation)
{
    private readonly TaskCompletionSource<Decision> _answer = new(
        TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Name of the sweep.</summary>
    public string Sweep => sweep;

    /// <summary>The command.</summary>
    public SweepCommand Command => command;

    /// <summary>By which right a lease is taken away.</summary>
    public LossRight? Right => right;

    /// <summary>The worker of this process that it is of, where one is known.</summary>
    public string? Worker => worker;

    /// <summary>The answer, once there is one.</summary>
    public Task<Decision> Answer => _answer.Task;

    /// <summary>Whether its sender no longer waits; it is then answered so and not carried out.</summary>
    public bool GaveUp() => cancellation.IsCancellationRequested && _answer.TrySetCanceled(cancellation);

    /// <summary>Answers.</summary>
    public void Succeed(Decision decision) => _answer.TrySetResult(decision);

    /// <summary>Answers with a failure.</summary>
    public void Fail(Exception failure) => _answer.TrySetException(failure);
}
