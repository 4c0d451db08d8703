using System.Text.Json;

namespace Tests.EndToEnd;

/// <summary>What <c>sample</c> draws from the model that a trial left.</summary>
[Collection(SweepFixture.Collection)]
public sealed class SampleTests : IDisposable
{
    private readonly SweepProgram _program = new();

    [Fact]
    public async Task A_stored_model_draws_from_noise_and_from_its_buffer_the_same_twice()
    {
        var file = _program.Write("images.yaml", """
            name: images
            question: Does a stored model draw?
            experiment: two-head
            data: fashion-mnist
            metric: {name: accuracy, goal: maximize}
            parameters:
              model.hidden: 4
              training.updates: 10
              training.images: 200
              sampler.steps: 2
              initialisation.buffer_size: 100
            """);
        (await _program.RunAsync("run", file, "--slots", "1")).Code.ShouldBe(0);

        var noise = await SampleAsync("noise", "first");
        (await SampleAsync("noise", "second")).ShouldBe(noise);
        (await SampleAsync("buffer", "third")).ShouldNotBe(noise);
    }

    [Fact]
    public async Task A_model_of_points_is_refused_in_one_sentence()
    {
        (await _program.RunAsync("run", _program.Write("toy.yaml", SweepFixture.File), "--set", "replicates=1",
            "--set", "training.updates=10", "--slots", "2")).Code.ShouldBe(0);

        var ran = await _program.RunAsync("sample", SweepFixture.Name, "1");

        ran.Code.ShouldBe(2);
        ran.Error.Trim().ShouldBe(
            $"{SweepFixture.Name} is a sweep of toy, of points in the plane, and sample draws images");
    }

    public void Dispose() => _program.Dispose();

    /// <summary>The pictures of a call, whose energies it prints.</summary>
    private async Task<string> SampleAsync(string start, string folder)
    {
        var path = Path.Combine(_program.Folder, folder);
        var ran = await _program.RunAsync(
            "sample", "images", "1", "--steps", "5", "--start", start, "--count", "4", "--out", path, "-o", "json");
        ran.Code.ShouldBe(0, ran.Error);
        JsonDocument.Parse(ran.Output).RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
        return string.Concat(new[] { "samples.png", "strip.png" }
            .Select(name => Convert.ToHexString(File.ReadAllBytes(Path.Combine(path, name)))));
    }
}
