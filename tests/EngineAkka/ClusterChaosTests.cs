using System.Diagnostics;
using System.Globalization;
using Engine.Akka;
using Engine.Akka.Wire;
using Shared.Engine;
using Shared.Sweeps;
using Tests.Shared.Sweeps;

namespace Tests.EngineAkka;

/// <summary>
/// Three coordinators and two workers, each a process of its own: whoever is killed, and whatever is cut off and
/// comes back, the sweep goes on; how long that takes is written to <c>cluster-times.txt</c>.
/// </summary>
[Collection(ClusterProcesses.Collection)]
public sealed class ClusterChaosTests : IAsyncLifetime
{
    // More trials than any machine runs while the test lasts: a sweep that has ended accepts no command.
    private const string SweepFile = """
        name: demo
        question: Does the sweep go on?
        experiment: toy
        seed: 1
        replicates: 60
        metric: {name: kl, goal: minimize}
        checkpoint: {every_updates: 50}
        parameters:
          training.updates: 600
          sampler.steps: 20
          sampler.step_size: {values: [0.1]}
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TakeoverLimit = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Gossip = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan CutOff = TimeSpan.FromSeconds(30);

    private ClusterProcesses _processes = null!;
    private AkkaEngine _engine = null!;
    private int _commands = 100;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _engine.DisposeAsync();
        _processes.Dispose();
    }

    [Theory]
    [MemberData(nameof(ClusterProcesses.Kinds), MemberType = typeof(ClusterProcesses))]
    public async Task Whoever_is_killed_or_cut_off_for_a_while_the_sweep_goes_on(string store)
    {
        _processes = await ClusterProcesses.OnAsync(store, coordinators: 3);
        _engine = await _processes.OpenAsync();
        ClusterProcesses.Note(store);
        for (var coordinator = 0; coordinator < 3; coordinator++)
        {
            _processes.StartCoordinator(coordinator);
            await AnsweredAsync(view => view.Members.Count(IsCoordinator) == coordinator + 1);
        }

        await _processes.SubmitAsync(SweepFile);
        _processes.StartWorker("one");
        _processes.StartWorker("two");
        await SeenAsync(state => Workers(state).Order(StringComparer.Ordinal).SequenceEqual(["one", "two"]));

        await TimeAsync("a worker, killed: its attempt lost after", async () =>
        {
            _processes.Kill("two");
            await SeenAsync(state => LostOf(state, "two") == 1);
        });

        // By age and by address: 0 1 2. Killed: the oldest, which also has the lowest address.
        await TakeOverAsync("the oldest coordinator with the lowest address", coordinator: 0);
        _processes.StartCoordinator(0);
        await AllUpAsync();

        // By age: 1 2 0. Killed: the oldest.
        await TakeOverAsync("the oldest coordinator", coordinator: 1);
        _processes.StartCoordinator(1);
        await AllUpAsync();

        // By age: 2 0 1. Killed: the lowest address.
        await TakeOverAsync("the coordinator with the lowest address", coordinator: 0);

        var before = await SeenAsync(state => Workers(state).Contains("one"));
        await CutOffAsync("one");

        // On SQLite one that stands still may have the lock of the file, and then nobody goes on.
        if (store == "postgres")
        {
            _processes.StartCoordinator(0);
            await AllUpAsync();
            await HealAsync(coordinator: 2);
        }

        // The trial that it ran then, and one that it began since.
        var after = await SeenAsync(state => Ended(state) >= Ended(before) + 2);
        LostOf(after, "one").ShouldBe(0, "its slots trained on");
        after.Trials.ShouldAllBe(trial => trial.Outcome == null || trial.Outcome == Outcome.Completed);
    }

    private async Task TakeOverAsync(string who, int coordinator)
    {
        var took = await TimeAsync($"{who}, killed: a command accepted after", async () =>
        {
            _processes.Kill($"coordinator-{coordinator}");
            await CommandAsync();
        });
        took.ShouldBeLessThan(TakeoverLimit);
    }

    /// <summary>
    /// Three that are up, and known to be so by all: the news of it must not die with the one that has it, or the
    /// others count two, of which the dead one has the lower address.
    /// </summary>
    private async Task AllUpAsync()
    {
        await AnsweredAsync(view => view.Members.Count(IsCoordinator) == 3);
        await Task.Delay(Gossip);
    }

    /// <summary>A worker that stands still for longer than it takes to give it up, and then goes on.</summary>
    private async Task CutOffAsync(string worker)
    {
        await SeenAsync(state => Workers(state).Contains(worker));
        _processes.Signal(worker, "STOP");
        await Task.Delay(CutOff);
        await AnsweredAsync(view => view.Members.All(member => !member.Roles.Contains("worker")));
        await TimeAsync("a worker, cut off for 30 s and given up: a member again after", async () =>
        {
            _processes.Signal(worker, "CONT");
            await AnsweredAsync(view => view.Members.Any(member => member.Roles.Contains("worker")));
        });
    }

    /// <summary>The coordinator that decides stands still until another does, and then goes on.</summary>
    private async Task HealAsync(int coordinator)
    {
        var name = $"coordinator-{coordinator}";
        var took = await TimeAsync("the oldest coordinator, cut off: a command accepted after", async () =>
        {
            _processes.Signal(name, "STOP");
            await CommandAsync();
        });
        took.ShouldBeLessThan(TakeoverLimit);
        await TimeAsync("and back: it knows that it was given up and has ended after", async () =>
        {
            _processes.Signal(name, "CONT");
            await UntilAsync(() => Task.FromResult(_processes.HasEnded(name)));
        });
        await CommandAsync();
    }

    private Task CommandAsync() => UntilAsync(async () =>
    {
        var number = Interlocked.Increment(ref _commands);
        var command = new SweepCommand.ChangePriority(Given.Id(number), Given.At(0), number);
        return await _engine.SendAsync("demo", command, default) is Decision.Accepted;
    });

    private Task AnsweredAsync(Func<ClusterView, bool> isSo) =>
        UntilAsync(async () => isSo(await _engine.DescribeAsync(default)));

    private async Task<SweepState> SeenAsync(Func<SweepState, bool> isSo)
    {
        SweepState? state = null;
        await UntilAsync(async () => (state = await _engine.ReadAsync("demo", default)) is not null && isSo(state));
        return state!;
    }

    private async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                if (await isSo())
                {
                    return;
                }
            }
            catch (StoreUnreachableException)
            {
                // Nobody coordinates now.
            }

            since.Elapsed.ShouldBeLessThan(Limit, _processes.Logs());
            await Task.Delay(Look);
        }
    }

    private async Task<TimeSpan> TimeAsync(string what, Func<Task> work)
    {
        var since = Stopwatch.StartNew();
        await work();
        ClusterProcesses.Note(string.Create(CultureInfo.InvariantCulture, $"{what} {since.Elapsed.TotalSeconds:0.0} s"));
        return since.Elapsed;
    }

    private static int Ended(SweepState state) => state.Trials.Count(trial => trial.Outcome is not null);

    // One that is only joining is not counted by the resolver: with two that are up, the wrong death downs all.
    private static bool IsCoordinator(MemberView member) =>
        member.Roles.Contains("coordinator") && member.Status == "up";

    private static IEnumerable<string> Workers(SweepState state) => state.Running.Values
        .Select(attempt => state.Trial(attempt.Trial).Attempts[attempt.Number - 1].Place.Worker);

    private static int LostOf(SweepState state, string worker) => state.Trials
        .SelectMany(trial => trial.Attempts)
        .Count(attempt => attempt.Place.Worker == worker && attempt.Outcome == AttemptOutcome.Lost);
}
