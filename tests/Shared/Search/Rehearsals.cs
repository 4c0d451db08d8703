using Shared.Experiments;
using Shared.Search;
using Tests.Shared.Experiments;
using Tests.Shared.SweepFiles;

namespace Tests.Shared.Search;

/// <summary>What is tested before a sweep, and what is forecast from it.</summary>
public sealed class Rehearsals
{
    [Fact]
    public void A_test_has_one_short_trial_a_configuration_under_the_ids_of_the_sweep()
    {
        var sweep = SweepFileFixture.Parsed(SweepFileFixture.Toy(
            "training.updates: {values: [1, 500]}", "sampler.steps: {values: [5, 10]}") + "replicates: 3\n");

        var test = TestPlan.Of(sweep.Plan, sweep.Experiment);

        test.Trials.Select(t => (t.Number, t.Replicate)).ShouldBe([(1, 1), (2, 1), (3, 1), (4, 1)]);
        test.Configurations.Select(c => c.Id).ShouldBe(sweep.Plan.Configurations.Select(c => c.Id));
        test.Trials.Select(t => t.Configuration).ShouldBe(sweep.Plan.Configurations.Select(c => c.Id));
        test.Configurations.Select(c => sweep.Experiment.UpdatesOf(c.Resolved)).ShouldBe([1, 1, 2, 2]);
        test.Configurations.Select(c => c.Resolved["sampler.steps"].Json).ShouldBe(["5", "10", "5", "10"]);
        test.Retries.ShouldBe(0);
    }

    [Fact]
    public void Every_experiment_of_the_product_can_be_shortened()
    {
        foreach (var experiment in ExperimentCatalog.Default.Experiments.Where(e => !e.IsEvaluation))
        {
            var resolved = experiment.Resolve(new Dictionary<string, ParameterValue>());

            experiment.UpdatesOf(experiment.WithUpdates(resolved, 2)).ShouldBe(2, experiment.Name);
        }
    }

    [Fact]
    public void An_experiment_that_names_no_parameter_of_its_updates_says_so()
    {
        var odd = ExperimentDeclaration.Of<OddParameters>();
        var resolved = odd.Resolve(new Dictionary<string, ParameterValue>());

        Should.Throw<InvalidOperationException>(() => odd.WithUpdates(resolved, 2)).Message
            .ShouldBe("OddParameters: training.updates does not set how many updates a trial makes; "
                + "declare UpdatesParameter");
    }

    [Theory]
    [InlineData(1, 12)]   // one after the other
    [InlineData(2, 8)]    // 1 and 3, then: 2 and 6
    [InlineData(3, 7)]    // the fourth begins when the first has ended
    [InlineData(4, 6)]
    [InlineData(1_000, 6)]
    public void Trials_start_in_order_on_the_slot_that_is_free_first(int slots, int seconds)
    {
        var forecast = Forecast.Of([Cost(1), Cost(2), Cost(3), Cost(6)], slots);

        forecast.Time.TotalSeconds.ShouldBe(seconds);
        forecast.Bytes.ShouldBe(40);
    }

    [Fact]
    public void Nothing_to_do_takes_no_time() => Forecast.Of([], 2).ShouldBe(new Forecast(TimeSpan.Zero, 0));

    private static TrialCost Cost(int seconds) => new(TimeSpan.FromSeconds(seconds), 10);
}
