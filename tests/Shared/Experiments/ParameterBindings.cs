using Shared.Experiments;
using Shared.Search;
using static Tests.Shared.SweepFiles.SweepFileFixture;

namespace Tests.Shared.Experiments;

public sealed class ParameterBindings
{
    private static readonly ExperimentDeclaration TwoHead = ExperimentCatalog.Default.Find("two-head")!;

    private static Dictionary<string, ParameterValue> Values(params (string Name, string Json)[] values) =>
        values.ToDictionary(pair => pair.Name, pair => new ParameterValue(pair.Json));

    [Fact]
    public void Nothing_given_binds_the_defaults() =>
        TwoHead.Bind<TwoHeadParameters>(Values()).ShouldBe(new TwoHeadParameters());

    [Fact]
    public void Each_kind_of_value_reaches_its_property()
    {
        var bound = TwoHead.Bind<TwoHeadParameters>(Values(
            ("model.hidden", "16"),
            ("training.learning_rate", "1e-2"),
            ("training.gradient_norm", "\"none\""),
            ("sampler.value_clip", "0.5"),
            ("sampler.form", "\"textbook\""),
            ("sampler.step_size", """{"schedule":"geometric","start":20,"end":2}"""),
            ("initialisation.start", "\"noise\"")));

        bound.Model.Hidden.ShouldBe(16);
        bound.Training.LearningRate.ShouldBe(0.01);
        bound.Training.GradientNorm.ShouldBeNull();
        bound.Training.DataNoise.ShouldBe(0.03, "neighbours keep what the experiment set");
        bound.Sampler.ValueClip.ShouldBe(0.5);
        bound.Sampler.Form.ShouldBe(LangevinForm.Textbook);
        bound.Sampler.StepSize.ShouldBe(new Schedule.Geometric(20, 2));
        bound.Initialisation.Start.ShouldBe(ChainStart.Noise);
    }

    [Fact]
    public void Values_survive_being_bound_and_read_back()
    {
        foreach (var configuration in Parsed(Quickstart).Plan.Configurations)
        {
            var read = TwoHead.ValuesOf(TwoHead.Bind(configuration.Resolved));

            configuration.Resolved.ShouldBeSubsetOf(read);
        }
    }

    [Fact]
    public void Binding_leaves_the_defaults_of_the_next_record_alone()
    {
        TwoHead.Bind(Values(("training.updates", "7")));

        TwoHead.Bind<TwoHeadParameters>(Values()).Training.Updates.ShouldBe(300);
    }

    [Fact]
    public void Updates_are_those_of_the_bound_record() =>
        TwoHead.UpdatesOf(Values(("training.updates", "7"))).ShouldBe(7);

    [Fact]
    public void An_unknown_name_is_a_fault_of_the_caller() =>
        Should.Throw<ArgumentException>(() => TwoHead.Bind(Values(("sampler.stepsize", "1"))))
            .Message.ShouldStartWith("two-head has no parameter sampler.stepsize");

    [Fact]
    public void A_value_out_of_range_is_a_fault_of_the_caller() =>
        Should.Throw<ArgumentException>(() => TwoHead.Bind(Values(("sampler.steps", "0"))))
            .Message.ShouldStartWith("sampler.steps is 0, not a whole number from 1 to 100000 (steps)");

    [Fact]
    public void The_record_of_another_experiment_is_a_fault_of_the_caller() =>
        Should.Throw<ArgumentException>(() => TwoHead.Bind<ToyParameters>(Values()));

    [Theory]
    [InlineData("""{"schedule":"geometric","start":1}""")]
    [InlineData("""{"schedule":"geometric","start":1,"end":2,"power":3}""")]
    [InlineData("""{"schedule":"geometric","start":1,"end":"2"}""")]
    [InlineData("""{"schedule":"geometric","start":1,"end":0}""")]
    [InlineData("""{"schedule":"sawtooth","start":1,"end":2}""")]
    [InlineData("""{"schedule":"geometric","start":1,"end":2,"ends":"both"}""")]
    [InlineData("""{"schedule":"geometric","start":1,"end":2,"ends":1}""")]
    [InlineData("""{"schedule":"polynomial","start":1,"end":2}""")]
    [InlineData("""{"schedule":"polynomial","start":1,"end":2,"power":101}""")]
    [InlineData("""{"schedule":"constant","value":1,"ends":"left"}""")]
    [InlineData("""{"schedule":"constant","value":0}""")]
    [InlineData("""{"schedule":1}""")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("\"1\"")]
    [InlineData("null")]
    public void A_broken_schedule_is_not_accepted(string json) =>
        TwoHead.Find("sampler.step_size")!.Type.Accept(new ParameterValue(json)).ShouldBeNull();
}
