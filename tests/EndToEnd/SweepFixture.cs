namespace Tests.EndToEnd;

/// <summary>A small sweep of the toy, and its results when nothing goes wrong.</summary>
public sealed class SweepFixture : IAsyncLifetime
{
    public const string Collection = "built programs";

    public const string Name = "small-toy";

    public const string File = """
        name: small-toy
        question: Does a replay buffer bring the toy closer to the truth than noise?
        experiment: toy
        seed: 3
        replicates: 2
        metric: {name: kl, goal: minimize}
        parameters:
          training.updates: 800
          training.batch_size: 128
          sampler.steps: 10
          initialisation.start: {values: [noise, buffer]}
        """;

    public SweepProgram Undisturbed { get; } = new();

    public Ran Ran { get; private set; } = new(-1, "", "");

    public string Results => Undisturbed.Results(Name);

    public async Task InitializeAsync() =>
        Ran = await Undisturbed.RunAsync("run", Undisturbed.Write("small.yaml", File), "--slots", "2");

    public Task DisposeAsync()
    {
        Undisturbed.Dispose();
        return Task.CompletedTask;
    }
}

/// <summary>Tests that start programs run one after the other: two cores hold one sweep.</summary>
[CollectionDefinition(SweepFixture.Collection)]
public sealed class ProgramCollection : ICollectionFixture<SweepFixture>;
