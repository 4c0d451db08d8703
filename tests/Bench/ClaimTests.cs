using System.Text;
using Bench.Claims;
using Shared.Experiments;
using Shared.Sweeps;
using Tests.Shared.Reports;

namespace Tests.Bench;

public sealed class ClaimTests
{
    private const string Report = """
        {"results": {
          "configurations": [
            {"id": "aa", "parameters": {"initialisation.start": "noise", "sampler.step_size": 10}},
            {"id": "bb", "parameters": {"initialisation.start": "buffer", "sampler.step_size": 10}}],
          "trials": [
            {"configuration": "aa", "outcome": "completed", "metrics": {"kl": 3, "log_z": 1}},
            {"configuration": "bb", "outcome": "completed", "metrics": {"kl": 9}},
            {"configuration": "aa", "outcome": "completed", "metrics": {"kl": 1, "log_z": null}},
            {"configuration": "aa", "outcome": "completed", "metrics": {"kl": 2, "log_z": 5}},
            {"configuration": "bb", "outcome": "diverged", "metrics": {}}]}}
        """;

    private static readonly RowPlan Noise = new("noise", "file.yaml", "initialisation.start", "noise");
    private static readonly RowPlan Buffer = new("buffer", "file.yaml", "initialisation.start", "buffer");

    [Fact]
    public void A_row_is_the_median_of_its_own_configuration()
    {
        var row = SweepResults.Read(Noise, Report);

        row.Values("kl").ShouldBe([1, 2, 3]);
        row.Median("kl").ShouldBe(2);
    }

    [Fact]
    public void A_row_with_a_diverged_trial_has_no_median_and_bears_no_claim_out()
    {
        var row = SweepResults.Read(Buffer, Report);

        row.Diverged.ShouldBe(1);
        row.Median("kl").ShouldBe(double.NaN);
        Claim.Below("it is near", row.Median("kl"), 100).Holds.ShouldBeFalse();
        Claim.Above("it is far", row.Median("kl"), -100).Holds.ShouldBeFalse();
    }

    [Fact]
    public void A_metric_that_a_trial_lacks_has_no_median() =>
        SweepResults.Read(Noise, Report).Median("log_z").ShouldBe(double.NaN);

    [Fact]
    public void A_row_that_no_configuration_or_more_than_one_is_meant_by_is_refused()
    {
        Should.Throw<InvalidOperationException>(
            () => SweepResults.Read(new("data", "file.yaml", "initialisation.start", "data"), Report)).Message
            .ShouldBe("0 configurations of file.yaml are 'data', and one should be");
        Should.Throw<InvalidOperationException>(
            () => SweepResults.Read(new("ten", "file.yaml", "sampler.step_size", "10"), Report)).Message
            .ShouldBe("2 configurations of file.yaml are 'ten', and one should be");
    }

    [Fact]
    public void A_claim_says_its_figures_and_whether_it_holds()
    {
        $"{Claim.Below("KL is small", 0.25, 0.5)}".ShouldBe("pass  KL is small: 0.25 < 0.5");
        $"{Claim.Above("KL is large", 0.25, 0.5)}".ShouldBe("FAIL  KL is large: 0.25 > 0.5");
    }

    [Fact]
    public void A_fainter_noise_must_end_farther_from_the_truth_than_its_own_temperature_does()
    {
        var claims = ToyStudy.Study.Claims(ToyRows(faint: 0.2));

        claims.Where(claim => !claim.Holds).ShouldHaveSingleItem().Figures.ShouldBe("0.2 > 0.3");
        ToyStudy.Study.Claims(ToyRows(faint: 0.9)).ShouldAllBe(claim => claim.Holds);
    }

    [Theory]
    [MemberData(nameof(Studies))]
    public void The_sweep_files_of_a_study_are_right_and_hold_every_row(string name)
    {
        var study = new[] { ToyStudy.Study, DigitsStudy.Study }.Single(candidate => candidate.Name == name);
        foreach (var plan in study.Rows)
        {
            var text = Encoding.UTF8.GetString(RepositoryFiles.Read($"bench/sweeps/{plan.File}"));
            var parsed = SweepFile.Parse(text, plan.File, ExperimentCatalog.Default)
                .ShouldBeOfType<SweepFileResult.Parsed>();

            $"{parsed.Spec.Name}.yaml".ShouldBe(plan.File);
            parsed.Spec.Replicates.ShouldBe(3);
            parsed.Plan.Configurations.Count(configuration => IsMeant(plan, configuration.Swept)).ShouldBe(1);
        }
    }

    public static TheoryData<string> Studies() => [ToyStudy.Study.Name, DigitsStudy.Study.Name];

    private static bool IsMeant(
        RowPlan plan, IReadOnlyDictionary<string, global::Shared.Search.ParameterValue> swept) =>
        plan.Parameter is null
        || (swept.TryGetValue(plan.Parameter, out var value) && value.Json.Trim('"') == plan.Value);

    private static Dictionary<string, Row> ToyRows(double faint) => ToyStudy.Study.Rows.ToDictionary(
        plan => plan.Name,
        plan => RowOf(
            plan.Name,
            plan.Name.Contains("× .1", StringComparison.Ordinal) ? faint
            : plan.Name.Contains("noise", StringComparison.Ordinal) ? 0.8 : 0.2));

    private static Row RowOf(string name, double kl) =>
        new(name, 0, [new Dictionary<string, double> { ["kl"] = kl }]);
}
