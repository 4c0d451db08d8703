using System.Text.Json;

namespace Tests.EndToEnd;

/// <summary>What <c>evaluate</c> measures of a sweep's models, and what a report includes of it.</summary>
[Collection(SweepFixture.Collection)]
public sealed class EvaluateTests : IDisposable
{
    private static readonly string[] Small =
        ["--slots", "2", "--set", "ood.images=100", "--set", "ood.training_images=100", "--set", "ood.set=noise"];

    // Some seconds of chains: long enough to be seen running, and killed.
    private static readonly string[] Long =
        ["--slots", "2", "--with", "chains", "--set", "chains.count=2", "--set", "chains.steps=4000"];

    private readonly SweepProgram _program = new();

    [Fact]
    public async Task Models_are_measured_and_stand_in_the_report_of_their_sweep()
    {
        await TrainAsync();
        var ran = await EvaluateAsync("evaluate", "images", "--with", "ood");
        ran.Code.ShouldBe(0, ran.Error);
        ran.Output.ShouldStartWith("sweep images-ood: 2 trials, 2 slots, ");
        var status = await _program.StatusAsync("images-ood");
        status.GetProperty("trials").GetProperty("completed").GetInt32().ShouldBe(2);

        (await _program.RunAsync("report", "images", "--with", "images-ood")).Code.ShouldBe(0);
        var report = Path.Combine(_program.Folder, "images", "report.json");
        var first = await File.ReadAllTextAsync(report);
        (await _program.RunAsync("report", "images", "--with", "images-ood")).Code.ShouldBe(0);
        (await File.ReadAllTextAsync(report)).ShouldBe(first);
        var measured = JsonDocument.Parse(first).RootElement.GetProperty("results").GetProperty("evaluations")[0];
        measured.GetProperty("configurations")[0].GetProperty("metrics").GetProperty("auroc_f_noise")
            .GetProperty("n").GetInt32().ShouldBe(2);
        measured.GetProperty("configurations")[0].GetProperty("ensembles").GetProperty("noise")
            .GetProperty("models").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task One_trial_is_measured_and_a_slot_that_is_killed_changes_no_result()
    {
        await TrainAsync();
        (await _program.RunAsync(["evaluate", "images", "2", .. Long])).Code.ShouldBe(0);
        var killed = _program.Start(["evaluate", "images", "2", "--new", .. Long]);
        var begun = await _program.WaitAsync("images-trial-2-chains-2", status =>
            status.GetProperty("attempts").GetArrayLength() > 0);
        SweepProgram.Kill9(begun.GetProperty("attempts")[0].GetProperty("processId").GetInt32());
        var ran = await SweepProgram.EndAsync(killed);

        ran.Code.ShouldBe(0, ran.Error);
        (await _program.StatusAsync("images-trial-2-chains-2")).GetProperty("attempts").GetArrayLength().ShouldBe(2);
        _program.Results("images-trial-2-chains-2").ShouldBe(_program.Results("images-trial-2-chains"));
    }

    [Fact]
    public async Task A_model_in_the_plane_is_annealed_and_begins_another()
    {
        (await _program.RunAsync("run", _program.Write("toy.yaml", SweepFixture.File), "--set", "replicates=1",
            "--set", "training.updates=10", "--slots", "2")).Code.ShouldBe(0);
        var ran = await _program.RunAsync("evaluate", SweepFixture.Name, "--with", "ais", "--slots", "2",
            "--set", "ais.levels=20", "--set", "ais.count=50");
        ran.Code.ShouldBe(0, ran.Error);

        (await _program.RunAsync("report", SweepFixture.Name, "--with", $"{SweepFixture.Name}-ais")).Code.ShouldBe(0);
        var report = await File.ReadAllTextAsync(Path.Combine(_program.Folder, SweepFixture.Name, "report.json"));
        JsonDocument.Parse(report).RootElement.GetProperty("results").GetProperty("evaluations")[0]
            .GetProperty("configurations")[1].GetProperty("metrics").GetProperty("log_z_ais_error")
            .GetProperty("mean").GetDouble().ShouldBeLessThan(1);
        var child = _program.Write("child.yaml", SweepFixture.File
            .Replace(SweepFixture.Name, "child", StringComparison.Ordinal)
            + $"\nfrom: {{sweep: {SweepFixture.Name}}}\n");
        (await _program.RunAsync("run", child, "--set", "replicates=1", "--set", "training.updates=10",
            "--slots", "2")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task What_cannot_be_measured_or_included_is_refused_in_one_sentence()
    {
        (await _program.RunAsync("run", _program.Write("toy.yaml", SweepFixture.File), "--set", "replicates=1",
            "--set", "training.updates=10", "--slots", "2")).Code.ShouldBe(0);
        (string[] Command, string Sentence)[] wrong =
        [
            (["evaluate", "nothing", "--with", "ood"], "there is no sweep nothing; "),
            (["evaluate", SweepFixture.Name, "--with", "taste"], "--with takes ood"),
            (["evaluate", SweepFixture.Name, "0", "--with", "ais"], $"sweep {SweepFixture.Name} has no trial 0: "),
            (["evaluate", SweepFixture.Name, "--with", "ood"], $"from.sweep: {SweepFixture.Name} is a sweep of toy, "),
            (["report", SweepFixture.Name, "--with", SweepFixture.Name], $"{SweepFixture.Name} is no evaluation but "),
        ];
        foreach (var (command, sentence) in wrong)
        {
            var ran = await _program.RunAsync(command);

            ran.Code.ShouldBe(2, string.Join(' ', command));
            ran.Error.ShouldStartWith(sentence);
        }
    }

    public void Dispose() => _program.Dispose();

    private Task<Ran> EvaluateAsync(params string[] command) => _program.RunAsync([.. command, .. Small]);

    private async Task TrainAsync()
    {
        var file = _program.Write("images.yaml", """
            name: images
            question: Does a stored model know other images?
            experiment: two-head
            data: fashion-mnist
            replicates: 2
            metric: {name: accuracy, goal: maximize}
            parameters:
              model.hidden: 4
              training.updates: 5
              training.images: 200
              sampler.steps: 2
            """);
        (await _program.RunAsync("run", file, "--slots", "2")).Code.ShouldBe(0);
    }
}
