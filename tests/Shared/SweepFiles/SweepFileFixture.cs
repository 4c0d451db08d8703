using Shared.Experiments;
using Shared.Sweeps;

namespace Tests.Shared.SweepFiles;

/// <summary>Sweep files for tests.</summary>
internal static class SweepFileFixture
{
    public const string Quickstart = """
        name: quickstart
        question: Does a buffer help?
        experiment: two-head
        data: fashion-mnist
        seed: 1
        replicates: 2
        retries: 2
        metric: {name: fid_clf, goal: minimize}
        parameters:
          model.hidden: 16
          sampler.steps: 20
          sampler.step_size: {values: [10, {schedule: geometric, start: 20, end: 2}]}
          initialisation.start: {values: [noise, buffer]}
          initialisation.buffer_size: 2000
        """;

    /// <summary>A right sweep of the toy with these lines under <c>parameters</c>, which is line 5.</summary>
    public static string Toy(params string[] parameters) => string.Join('\n', [
        "name: toy",
        "question: How large may the step be?",
        "experiment: toy",
        "metric: {name: kl, goal: minimize}",
        "parameters:",
        .. parameters.Select(line => "  " + line),
    ]) + "\n";

    public static SweepFileResult.Parsed Parsed(string text) =>
        SweepFile.Parse(text, "x.yaml", ExperimentCatalog.Default) switch
        {
            SweepFileResult.Parsed parsed => parsed,
            SweepFileResult.Wrong wrong => throw new ShouldAssertException(string.Join('\n', wrong.Problems)),
            _ => throw new ShouldAssertException("neither parsed nor wrong"),
        };

    public static string[] Problems(string text) =>
        SweepFile.Parse(text, "x.yaml", ExperimentCatalog.Default) is SweepFileResult.Wrong wrong
            ? [.. wrong.Problems.Select(problem => problem.ToString())]
            : [];

    /// <summary>The text of a file of the repository.</summary>
    public static string Committed(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Orchestrator.sln")))
        {
            folder = folder.Parent
                ?? throw new DirectoryNotFoundException("no Orchestrator.sln above the tests");
        }

        return File.ReadAllText(Path.Combine(folder.FullName, path));
    }
}
