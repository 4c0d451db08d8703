using Shared.Engine;
using Shared.Sweeps;
using Training.Models;

namespace Tests.EndToEnd;

/// <summary>
/// Sweeps whose trials begin from another sweep's models, on a file and on a server where the worker has no
/// right but a worker's.
/// </summary>
[Collection(SweepFixture.Collection)]
public sealed class FromTests
{
    private const string Metric = "{name: accuracy, goal: maximize}";
    private const int OneChunk = 1 << 20;   // bytes: a larger artifact is several chunks in PostgreSQL

    [Theory]
    [InlineData(UserAndBox.Sqlite, 8)]
    [InlineData(UserAndBox.Postgres, 220)]
    public async Task A_trial_waits_for_its_parents_model_and_begins_with_its_weights(string engine, int hidden)
    {
        await using var on = await UserAndBox.OnAsync(engine);
        await SubmitAsync(on, "parent", updates: 4, rate: "1e-3", hidden: hidden);
        await on.DoneAsync("pause", "parent");
        // So small a rate leaves the weights where they were: what is stored is what it began with, but for the
        // rounding of their average.
        await SubmitAsync(on, "child", updates: 2, rate: "1e-12", "from: {sweep: parent}", hidden);
        await SubmitAsync(on, "fresh", updates: 2, rate: "1e-12", hidden: hidden);
        using var working = on.StartWorker(untilIdle: "60s");
        await on.User.WaitAsync("fresh", status => status.GetProperty("attempts").GetArrayLength() > 0);
        (await on.DoneAsync("trial", "child", "1")).ShouldContain("it waits for model.safetensors of parent");
        await on.DoneAsync("resume", "parent");
        await on.User.WaitAsync("child", status => status.GetProperty("trials") is var trials
            && (trials.TryGetProperty("completed", out _) || trials.TryGetProperty("failed", out _)));
        SweepProgram.Interrupt(working.Id);   // sooner than it would find itself idle
        var worker = await SweepProgram.EndAsync(working);

        worker.Code.ShouldBe(0, worker.Error);
        await using var store = await on.OpenAsync();
        var child = (await store.ReadAsync("child", CancellationToken.None))!.Trial(1);
        var parent = (await store.ReadAsync("parent", CancellationToken.None))!.Trial(1).Attempts[^1];
        child.Outcome.ShouldBe(Outcome.Completed, child.Attempts[^1].Reason);
        child.Parent!.Attempt.ShouldBe(parent.Id);
        child.Attempts[0].StartedAt.ShouldBeGreaterThanOrEqualTo(parent.EndedAt!.Value);
        var model = (await store.ListAsync("parent", CancellationToken.None))
            .Single(a => a.Name == ParentSweep.Model);
        model.Sha256.ShouldBe(child.Parent.Sha256);
        (model.Length > OneChunk).ShouldBe(engine == UserAndBox.Postgres, $"{model.Length} bytes");
        var weights = await WeightsAsync(store, "child");
        Distance(weights, await WeightsAsync(store, "parent")).ShouldBeLessThan(1e-7f);
        Distance(weights, await WeightsAsync(store, "fresh")).ShouldBeGreaterThan(1e-4f);
        (await FirstLossAsync(store, "child")).ShouldNotBe(await FirstLossAsync(store, "fresh"));
    }

    [Theory]
    [InlineData(UserAndBox.Sqlite)]
    [InlineData(UserAndBox.Postgres)]
    public async Task A_trial_whose_parent_ends_without_a_model_fails_with_its_name(string engine)
    {
        const string Rates = "{values: [1e-3, 1, 1e-4]}";   // the second one diverges
        await using var on = await UserAndBox.OnAsync(engine);
        await SubmitAsync(on, "parent", updates: 40, rate: Rates);
        await on.DoneAsync("cancel", "parent", "--trial", "3");
        await SubmitAsync(on, "child", updates: 2, rate: Rates, "from: {sweep: parent}");
        await SubmitAsync(on, "grandchild", updates: 2, rate: Rates, "from: {sweep: child}");

        await on.WorkAsync();

        var ended = (await on.User.StatusAsync("grandchild")).GetProperty("trials");
        ended.GetProperty("completed").GetInt32().ShouldBe(1, $"{ended}");
        (await on.DoneAsync("trial", "child", "2")).ShouldStartWith(
            "trial 2 of child: failed, trial 2 of parent ended diverged without model.safetensors\n");
        (await on.DoneAsync("trial", "child", "3")).ShouldStartWith(
            "trial 3 of child: failed, trial 3 of parent ended cancelled without model.safetensors\n");
        (await on.DoneAsync("trial", "grandchild", "2")).ShouldStartWith(
            "trial 2 of grandchild: failed, trial 2 of child ended failed without model.safetensors\n");
    }

    [Theory]
    [InlineData(UserAndBox.Sqlite)]
    [InlineData(UserAndBox.Postgres)]
    public async Task Trials_that_are_added_follow_the_parents_or_are_refused_by_name(string engine)
    {
        await using var on = await UserAndBox.OnAsync(engine);
        await SubmitAsync(on, "parent", updates: 2, rate: "1e-3");
        await SubmitAsync(on, "child", updates: 2, rate: "{values: [1e-3, 1e-4]}", "from: {sweep: parent}");

        var refused = await on.User.RunAsync("extend", "child", "--replicates", "2");
        refused.Code.ShouldBe(2, refused.Output);
        refused.Error.ShouldStartWith("parent has no trial of configuration ");
        refused.Error.ShouldEndWith("; extend parent by it first, with ./sweep extend parent\n");
        (await on.User.StatusAsync("child")).GetProperty("trials").GetProperty("waiting").GetInt32().ShouldBe(2);
        await on.DoneAsync("extend", "parent", "--replicates", "2");
        await on.DoneAsync("extend", "child", "--replicates", "2");

        await using var store = await on.OpenAsync();
        (await store.ReadAsync("child", CancellationToken.None))!.Plan!.Trials
            .Select(t => (t.Replicate, t.Follows)).ShouldBe([(1, 1), (1, 1), (2, 2), (2, 2)]);
    }

    [Fact]
    public async Task A_parent_that_is_not_there_is_refused_in_one_sentence_and_nothing_is_stored()
    {
        await using var on = await UserAndBox.OnAsync(UserAndBox.Sqlite);
        var child = Write(on, "child", updates: 2, rate: "1e-3", "from: {sweep: parent}");
        foreach (var command in (string[])["run", "submit"])
        {
            (await on.User.RunAsync(command, child)).Code.ShouldBe(2);
            File.Exists(Path.Combine(on.User.Folder, "sweeps.db")).ShouldBeFalse();
        }

        await SubmitAsync(on, "other", updates: 2, rate: "1e-3");
        var refused = await on.User.RunAsync("submit", child);

        (refused.Code, refused.Error).ShouldBe((2, "from.sweep: there is no sweep parent in the store\n"));
        (await on.User.RunAsync("status", "child")).Code.ShouldBe(2);
    }

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

    private static Task<string> SubmitAsync(
        UserAndBox on, string name, int updates, string rate, string from = "", int hidden = 8) =>
        on.DoneAsync("submit", Write(on, name, updates, rate, from, hidden));

    private static string Write(
        UserAndBox on, string name, int updates, string rate, string from = "", int hidden = 8) => on.User.Write(
        $"{name}.yaml",
        $"""
        name: {name}
        question: Does training go on from what another sweep learnt?
        experiment: energy-net
        data: fashion-mnist
        metric: {Metric}
        {from}
        parameters:
          model.hidden: {hidden}
          training.updates: {updates}
          training.images: 200
          training.batch_size: 16
          training.learning_rate: {rate}
          training.ema: 0.9
          sampler.steps: 2
        """);
}
