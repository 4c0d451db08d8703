using Shared.Experiments;
using Shared.Metrics;
using Shared.Search;
using Tests.Torch;
using Training.Experiments;

namespace Tests.Training;

[Collection(nameof(TorchCollection))]
public sealed class ExperimentRunnerTests
{
    [Fact]
    public void Every_declared_experiment_has_exactly_one_implementation()
    {
        var declarations = typeof(IExperimentParameters<>).Assembly.GetTypes()
            .Where(type => type.GetInterfaces().Any(IsDeclaration))
            .ToList();
        declarations.Count.ShouldBeGreaterThanOrEqualTo(2);
        foreach (var declaration in declarations)
        {
            var contract = typeof(IExperiment<>).MakeGenericType(declaration);
            typeof(ExperimentRunner).Assembly.GetTypes()
                .Count(type => type.IsAssignableTo(contract) && type.IsClass)
                .ShouldBe(1, declaration.Name);
        }
    }

    [Fact]
    public void A_record_alone_decides_which_class_runs()
    {
        var runner = new ExperimentRunner(typeof(ExperimentRunnerTests).Assembly);
        runner.Run((object)new Declared(), new RecordingTrial())
            .ShouldBe(new TrialEnd.Diverged(3, "of Implemented"));
    }

    [Fact]
    public void A_trial_runs_by_the_name_of_its_experiment_and_the_values_of_a_sweep_file()
    {
        var values = new Dictionary<string, ParameterValue>
        {
            ["training.updates"] = new("10"),
            ["training.batch_size"] = new("8"),
            ["sampler.steps"] = new("1"),
            ["sampler.step_size"] = new("""{"schedule":"geometric","start":0.2,"end":0.1}"""),
            ["initialisation.start"] = new("\"noise\""),
        };
        var trial = new RecordingTrial();
        ExperimentRunner.Default.Run("toy", values, trial).ShouldBe(new TrialEnd.Completed());
        trial.Steps("loss").ShouldBe([10]);
        Should.Throw<ArgumentException>(() => ExperimentRunner.Default.Run("nothing", values, trial))
            .Message.ShouldStartWith("There is no experiment nothing");
    }

    [Fact]
    public void What_the_experiment_throws_arrives_as_it_was_thrown()
    {
        var runner = new ExperimentRunner(typeof(ExperimentRunnerTests).Assembly);
        object parameters = new Declared { Updates = 0 };
        Should.Throw<DataSetException>(() => runner.Run(parameters, new RecordingTrial()))
            .Message.ShouldBe("no data");
    }

    [Fact]
    public void An_experiment_without_a_class_is_refused_by_name() =>
        Should.Throw<InvalidOperationException>(() => ExperimentRunner.Default.Find<Declared>())
            .Message.ShouldBe("declared wants one class that implements it, and 0 do");

    private static bool IsDeclaration(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IExperimentParameters<>);

    internal sealed record Declared : IExperimentParameters<Declared>
    {
        public static string Name => "declared";

        public static string Summary => "For a test.";

        public static IReadOnlyList<string> DataSets => [];

        public static IReadOnlyList<MetricDeclaration> Metrics => [];

        public int Updates { get; init; } = 3;
    }

    internal sealed class Implemented : IExperiment<Declared>
    {
        public TrialEnd Run(Declared parameters, ITrial trial) => parameters.Updates > 0
            ? new TrialEnd.Diverged(parameters.Updates, "of Implemented")
            : throw new DataSetException("no data");
    }
}
