using Engine.Sql;
using Shared.Engine;
using Shared.Sweeps;
using Training.Models;

namespace Tests.EndToEnd;

/// <summary>Sweeps whose trials begin from another sweep's models.</summary>
[Collection(SweepFixture.Collection)]
public sealed class FromTests : IDisposable
{
    private const string Metric = "{name: accuracy, goal: maximize}";

    private readonly SweepProgram _program = new();

    [Fact]
    public async Task A_trial_waits_for_its_parents_model_and_begins_with_its_weights()
    {
        await SubmitAsync("parent", updates: 4, rate: "1e-3");
        // So small a rate leaves the weights where they were: what is stored is what it began with, but for the
        // rounding of their average.
        await SubmitAsync("child", updates: 2, rate: "1e-12", "from: {sweep: parent}");
        await SubmitAsync("fresh", updates: 2, rate: "1e-12");

        var worker = await SweepProgram.EndAsync(
            _program.StartWorker("--slots", "1", "--until-idle", "5s"));

        worker.Code.ShouldBe(0, worker.Error);
        await using var store = await StoreOpening.OpenAsync(
            ((StoreAddressReply.Parsed)StoreAddress.Parse(_program.Store)).Address,
            StoreMode.Existing,
            TimeProvider.System);
        var child = (await store.ReadAsync("child", CancellationToken.None))!.Trial(1);
        child.Outcome.ShouldBe(Outcome.Completed, child.Attempts[^1].Reason);
        child.Parent!.Attempt.ShouldBe(new AttemptId("parent", 1, 1));
        var weights = await WeightsAsync(store, "child");
        Distance(weights, await WeightsAsync(store, "parent")).ShouldBeLessThan(1e-7f);
        Distance(weights, await WeightsAsync(store, "fresh")).ShouldBeGreaterThan(1e-4f);
        (await FirstLossAsync(store, "child")).ShouldNotBe(await FirstLossAsync(store, "fresh"));
    }

    [Fact]
    public async Task A_parent_that_is_not_there_is_refused_in_one_sentence_and_nothing_is_stored()
    {
        var child = Write("child", updates: 2, rate: "1e-3", "from: {sweep: parent}");
        foreach (var command in (string[])["run", "submit"])
        {
            (await _program.RunAsync(command, child)).Code.ShouldBe(2);
            File.Exists(Path.Combine(_program.Folder, "sweeps.db")).ShouldBeFalse();
        }

        await SubmitAsync("other", updates: 2, rate: "1e-3");
        var refused = await _program.RunAsync("submit", child);

        (refused.Code, refused.Error).ShouldBe((2, "from.sweep: there is no sweep parent in the store\n"));
        (await _program.RunAsync("status", "child")).Code.ShouldBe(2);
    }

    public void Dispose() => _program.Dispose();

    private static float Distance(float[] a, float[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();

    private static async Task<float[]> WeightsAsync(IStore store, string sweep)
    {
        var bytes = await store.ReadAsync(
            new AttemptId(sweep, 1, 1), ParentSweep.Model, CancellationToken.None);
        return [.. SafeTensors.Read(bytes).Tensors.SelectMany(tensor => tensor.Values)];
    }

    private static async Task<double> FirstLossAsync(IStore store, string sweep)
    {
        var batches = await store.ReadBatchesAsync(new AttemptId(sweep, 1, 1), CancellationToken.None);
        return batches.SelectMany(batch => batch.Points)
            .First(point => point is { Metric: "loss", Step: 1 }).Value;
    }

    private async Task SubmitAsync(string name, int updates, string rate, string from = "")
    {
        var ran = await _program.RunAsync("submit", Write(name, updates, rate, from));
        ran.Code.ShouldBe(0, ran.Error);
    }

    private string Write(string name, int updates, string rate, string from = "") => _program.Write(
        $"{name}.yaml",
        $"""
        name: {name}
        question: Does training go on from what another sweep learnt?
        experiment: energy-net
        data: fashion-mnist
        metric: {Metric}
        {from}
        parameters:
          training.updates: {updates}
          training.images: 200
          training.batch_size: 16
          training.learning_rate: {rate}
          training.ema: 0.9
          sampler.steps: 2
        """);
}
