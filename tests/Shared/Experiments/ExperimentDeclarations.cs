using Shared.Experiments;
using static Tests.Shared.SweepFiles.SweepFileFixture;

namespace Tests.Shared.Experiments;

public sealed class ExperimentDeclarations
{
    [Fact]
    public void The_product_comes_with_these_experiments() =>
        ExperimentCatalog.Default.Experiments.Select(e => e.Name)
            .ShouldBe(["conv-energy", "energy-net", "evaluation", "jem", "toy", "two-head"]);

    [Fact]
    public void A_record_is_all_that_an_experiment_needs()
    {
        var odd = ExperimentCatalog.Of(typeof(OddParameters)).Find("odd")!;

        odd.Parameters.Select(p => $"{p.Name}: {p.Type.Expected} = {p.Default}").ShouldBe([
            "big_count: a whole number from 0 to 10000000000 = 5000000000",
            "is_on: true or false = true",
            "limit: a whole number above 1, below 9, or none = none",
            "inner.first_choice: left or far-right = far-right",
            "inner.depth: a number from 0 to 1 = 0.5",
        ]);
        odd.Find("inner.depth")!.OnlyWhen!.ToString().ShouldBe("inner.first_choice is far-right");
        odd.Find("inner.depth")!.Expected.ShouldBe("a number from 0 to 1 (m)");
    }

    [Fact]
    public void Numbers_and_truths_of_every_kind_bind()
    {
        var odd = ExperimentCatalog.Of(typeof(OddParameters)).Find("odd")!;
        var bound = odd.Bind<OddParameters>(
            global::Shared.Search.Configuration.ParametersOf(
                """{"big_count":7e9,"is_on":false,"limit":8}"""));

        bound.ShouldBe(new OddParameters { BigCount = 7_000_000_000, IsOn = false, Limit = 8 });
        odd.ConflictsOf(odd.ValuesOf(bound)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(
        typeof(WithoutAttribute),
        "WithoutAttribute.Steps has no [Parameter] and holds no record of parameters")]
    [InlineData(typeof(WithoutRange), "WithoutRange.Steps has no [Range]")]
    [InlineData(typeof(EmptyRange), "EmptyRange.Steps has an empty [Range]")]
    [InlineData(typeof(RangeBeyondType), "RangeBeyondType.Steps has a [Range] beyond its type")]
    [InlineData(typeof(RangeOnChoice), "RangeOnChoice.Start has a [Range] but is no number")]
    [InlineData(
        typeof(DefaultOutOfRange),
        "DefaultOutOfRange.Steps has the default 0, not a whole number from 1 to 9")]
    [InlineData(typeof(Unsettable), "Unsettable.Steps cannot be set")]
    [InlineData(typeof(TextParameter), "TextParameter.Title is a String, which no parameter can be")]
    [InlineData(typeof(UnknownCondition), "UnknownCondition makes steps depend on start, which is unknown")]
    [InlineData(typeof(ConditionNeverMet),
        "ConditionNeverMet makes steps depend on start is sideways, which start can never be")]
    [InlineData(typeof(ConditionOnNumber),
        "ConditionOnNumber makes steps depend on other is 1, which other can never be")]
    [InlineData(typeof(ConditionOnItself), "ConditionOnItself makes start depend on itself")]
    [InlineData(typeof(OddName), "OddName has the name Odd_Name, which is not kebab-case")]
    [InlineData(typeof(NoResults), "NoResults declares no metric of kind result")]
    [InlineData(typeof(MetricTwice), "MetricTwice declares a metric twice")]
    [InlineData(typeof(NotSealed), "NotSealed is not public and sealed")]
    [InlineData(typeof(NotARecord), "NotARecord is not a record")]
    public void A_declaration_that_breaks_a_rule_is_refused_when_the_catalog_is_built(
        Type record, string complaint) =>
        Should.Throw<InvalidOperationException>(
            () => ExperimentCatalog.Of(record)).Message.ShouldBe(complaint);

    [Fact]
    public void Two_experiments_of_one_name_are_refused() =>
        Should.Throw<InvalidOperationException>(
            () => ExperimentCatalog.Of(typeof(OddParameters), typeof(OddParameters)))
            .Message.ShouldBe("OddParameters and OddParameters are both named odd");

    [Fact]
    public void Every_parameter_of_the_product_says_what_it_is_in_one_sentence() =>
        ExperimentCatalog.Default.Experiments.SelectMany(e => e.Parameters).ShouldAllBe(
            p => p.Meaning.Length > 10 && p.Meaning.EndsWith('.') && p.Unit.Length > 0);

    [Fact]
    public void Two_head_defaults_are_the_settings_of_the_three_seed_table()
    {
        var defaults = new TwoHeadParameters();

        (defaults.Training.LearningRate, defaults.Training.Beta1, defaults.Training.Beta2)
            .ShouldBe((1e-3, 0, 0.999));
        (defaults.Objective.EnergyL2, defaults.Training.GradientNorm, defaults.Training.DataNoise)
            .ShouldBe((0.1, 1, 0.03));
        (defaults.Sampler.Steps, defaults.Sampler.Noise, defaults.Sampler.ValueClip)
            .ShouldBe((20, new Schedule.Constant(0.005), 0.03));
        defaults.Sampler.StepSize.ShouldBe(new Schedule.Constant(10));
        (defaults.Initialisation.BufferSize, defaults.Initialisation.Reinitialisation)
            .ShouldBe((2_000, 0.05));
        (defaults.Training.Updates, defaults.Training.BatchSize).ShouldBe((300, 64));
    }

    [Fact]
    public void The_committed_page_is_what_the_declarations_say()
    {
        var page = ExperimentPage.Render(ExperimentCatalog.Default);
        var written = Path.Combine(AppContext.BaseDirectory, "EXPERIMENTS.md");
        File.WriteAllText(written, page);

        Committed("docs/EXPERIMENTS.md").ShouldBe(page, $"the page as it should be is {written}: copy it");
    }
}
