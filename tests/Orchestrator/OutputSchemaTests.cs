using System.Text.Json;
using Orchestrator.Cli;
using Shared;
using Shared.Sweeps;
using Tests.Shared.Sweeps;
using SweepProgram = Orchestrator.Cli.SweepProgram;

namespace Tests.Orchestrator;

/// <summary>
/// Programs read what commands print: a change of a schema is meant, and shows here as a changed hash.
/// </summary>
public sealed class OutputSchemaTests
{
    [Theory]
    [InlineData("events", "c7c0005cb714d81a")]
    [InlineData("list", "cbd0a7e0050d98cb")]
    [InlineData("logs", "1eceebcb88ae83af")]
    [InlineData("status", "41274f4b6d31af0b")]
    [InlineData("submit", "9b963d0dd2177cc3")]
    [InlineData("trial", "1bd0d1ac9a136ef4")]
    [InlineData("workers", "f6d184d135a564c7")]
    public void A_schema_is_the_one_that_was_promised(string command, string sha256) =>
        CanonicalJson.Sha256(CanonicalJson.Of(OutputSchemas.Of(command)))[..16].ShouldBe(sha256);

    [Theory]
    [InlineData("events")]
    [InlineData("list")]
    [InlineData("logs")]
    [InlineData("status")]
    [InlineData("submit")]
    [InlineData("trial")]
    [InlineData("workers")]
    public void A_schema_is_of_a_command_that_prints_json(string command) =>
        SweepProgram.Create().Subcommands.Single(c => c.Name == command).Options
            .Single(option => option.Name == "--output").HelpName!.ShouldContain("json");

    [Fact]
    public void Every_kind_of_event_and_every_outcome_is_in_the_schemas()
    {
        var kinds = Recorded.History().Concat(Recorded.DependentHistory()).Select(EventText.KindOf).Distinct();
        Words(OutputSchemas.Of("events").GetProperty("items").GetProperty("properties").GetProperty("event"))
            .ShouldBe(kinds, ignoreOrder: true);

        var attempt = OutputSchemas.Of("trial").GetProperty("properties").GetProperty("attempts")
            .GetProperty("items").GetProperty("properties");
        Words(attempt.GetProperty("outcome")).ShouldBe(
            Enum.GetValues<AttemptOutcome>().Select(ProgressText.Word), ignoreOrder: true);
        Words(OutputSchemas.Of("list").GetProperty("items").GetProperty("properties").GetProperty("state"))
            .ShouldBe(Enum.GetValues<SweepStanding>().Select(ProgressText.Word), ignoreOrder: true);
    }

    private static IEnumerable<string?> Words(JsonElement schema) => schema.GetProperty("enum").EnumerateArray()
        .Where(word => word.ValueKind is JsonValueKind.String).Select(word => word.GetString());
}
