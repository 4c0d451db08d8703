using System.Collections.Immutable;
using Shared.Engine;
using Shared.Sweeps;
using Tests.Shared.Sweeps;

namespace Tests.Contracts;

/// <summary>
/// What the engine contracts share: a store, a clock and an engine, and short ways to use them.
/// </summary>
public abstract class EngineContract : IAsyncLifetime
{
    private readonly List<IStore> _opened = [];
    private IEngineStore? _store;

    private protected IStore Engine { get; private set; } = null!;

    private protected IArtifactStore Artifacts => Engine;

    public async Task InitializeAsync()
    {
        _store = MakeStore();
        Engine = await OpenAnotherAsync();
    }

    public async Task DisposeAsync()
    {
        await ShouldHaveALeaseForWhatRuns();
        foreach (var engine in _opened)
        {
            await engine.DisposeAsync();
        }

        await _store!.DisposeAsync();
    }

    /// <summary>A new, empty store whose leases last <see cref="LeaseTimes.Default"/>.</summary>
    protected abstract IEngineStore MakeStore();

    private protected Task Advance(TimeSpan time) => _store!.AdvanceAsync(time);

    private protected Task Spoil(string sql) => ((ISpoilableStore)_store!).SpoilAsync(sql);

    private protected async Task<IStore> OpenAnotherAsync()
    {
        var engine = await _store!.OpenAsync();
        _opened.Add(engine);
        return engine;
    }

    private protected async Task ReopenAsync()
    {
        await Engine.DisposeAsync();
        _opened.Remove(Engine);
        Engine = await OpenAnotherAsync();
    }

    private protected Task<SubmitReply> Submit(
        int id,
        int trials = 2,
        int retries = 0,
        int seed = 1,
        string program = Given.Program,
        bool besides = false) =>
        Engine.SubmitAsync(
            new Submission(
                Given.Id(id), "demo", Given.Plan(trials, retries, seed), program, besides),
            default);

    private protected Task<Decision> Send(SweepCommand command, string sweep = "demo") =>
        Engine.SendAsync(sweep, command, default);

    private protected async Task<AttemptId> Claim(int id, string worker = "w1", string sweep = "demo")
    {
        var accepted = (await Send(Given.Claim(id, worker), sweep)).ShouldBeOfType<Decision.Accepted>();
        return accepted.Events[0].ShouldBeOfType<SweepEvent.AttemptStarted>().Attempt;
    }

    private protected async Task<SweepState> State(string sweep = "demo") =>
        (await Engine.ReadAsync(sweep, default)).ShouldNotBeNull();

    private protected async Task Complete(string sweep)
    {
        var trials = (await State(sweep)).Trials.Length;
        for (var trial = 1; trial <= trials; trial++)
        {
            var attempt = await Claim((1000 * trial) + sweep.Length, sweep: sweep);
            (await Send(Given.Finish((1000 * trial) + 500 + sweep.Length, attempt), sweep))
                .ShouldBeOfType<Decision.Accepted>();
        }
    }

    private protected async Task<WorkerReport> Report(string worker, string idle = "")
    {
        var report = new WorkerReport(
            worker,
            "box-1",
            4_000,
            Given.At(0),
            ["GPU 0: Fake 1"],
            ImmutableSortedDictionary<string, string>.Empty.Add("room", "cold"),
            Given.Program,
            [new SlotReport(1, "GPU 0", 4_001, "running", Given.Attempt(1), 12.5, "")],
            idle);
        await Engine.ReportWorkerAsync(report, default);
        return report;
    }

    // Whatever a test did, the leases are those of the attempts that run, and the list agrees with the states.
    private async Task ShouldHaveALeaseForWhatRuns()
    {
        var running = new List<AttemptId>();
        foreach (var listed in await Engine.ListAsync(default))
        {
            var state = await State(listed.Name);
            running.AddRange(state.Running.Values);
            (listed.Trials, listed.Waiting, listed.Running, listed.IsCompleted).ShouldBe(
                (state.Trials.Length, state.Waiting.Count, state.Running.Count, state.IsCompleted));
        }

        (await Engine.LeasesAsync(default)).Select(lease => lease.Attempt).ShouldBe(running, ignoreOrder: true);
    }
}
