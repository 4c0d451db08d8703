using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;
using Shared.Engine;
using Shared.Execution;
using Shared.Sweeps;
using Tests.Shared.Reports;

namespace Tests.Shared.Sweeps;

/// <summary>What docs/PROTOCOL.md says of the code is so.</summary>
public sealed class ProtocolPageTests
{
    private static readonly string Page = Encoding.UTF8.GetString(RepositoryFiles.Read("docs/PROTOCOL.md"));

    [Fact]
    public void Limits_and_times_are_those_of_the_code()
    {
        var rows = Page.Split('\n').SkipWhile(line => line != "## Limits and times")
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|'))
            .ToDictionary(cells => cells[1].Trim(' ', '`'), cells => cells[2].Trim(), StringComparer.Ordinal);

        rows.ShouldBe(
            Limits().ToDictionary(l => l.Name, l => l.Value, StringComparer.Ordinal), ignoreOrder: true);
    }

    [Fact]
    public void Every_event_has_its_place_in_a_diagram_or_below_one()
    {
        var kinds = typeof(SweepEvent).GetCustomAttributes<JsonDerivedTypeAttribute>()
            .Select(a => $"{a.TypeDiscriminator}");

        kinds.Where(kind => !Page.Contains(kind, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_reason_to_refuse_a_command_is_explained() => Enum.GetNames<Rejection>()
        .Where(reason => !Page.Contains($"`{reason}`", StringComparison.Ordinal)).ShouldBeEmpty();

    private static IEnumerable<(string Name, string Value)> Limits() =>
    [
        ("LeaseTimes.Default.Beat", Of(LeaseTimes.Default.Beat)),
        ("LeaseTimes.Default.Lease", Of(LeaseTimes.Default.Lease)),
        ("LeaseTimes.Default.CutOffLimit", Of(LeaseTimes.Default.CutOffLimit)),
        ("LeaseTimes.Default.Grace", Of(LeaseTimes.Default.Grace)),
        ("RetryRules.AfterFailures(1)", Of(RetryRules.AfterFailures(1))),
        ("RetryRules.AfterFailures(99)", Of(RetryRules.AfterFailures(99))),
        ("RetryRules.LostAttemptLimit", Of(RetryRules.LostAttemptLimit)),
        ("RetryRules.LostAttemptCeiling", Of(RetryRules.LostAttemptCeiling)),
        ("RetryRules.FalseStartLimit", Of(RetryRules.FalseStartLimit)),
        ("RetryRules.FalseStartCeiling", Of(RetryRules.FalseStartCeiling)),
        ("RetryRules.FalseStartsOfWorker", Of(RetryRules.FalseStartsOfWorker)),
        ("Claiming.DeviceWait", Of(Claiming.DeviceWait)),
        ("SlotStep.PointsPerBatch", Of(SlotStep.PointsPerBatch)),
        ("CheckpointRule.ShortestInterval", Of(CheckpointRule.ShortestInterval)),
        ("CheckpointRule.WritesApart", Of(CheckpointRule.WritesApart)),
    ];

    private static string Of(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Of(TimeSpan time) => time switch
    {
        _ when time < TimeSpan.FromMinutes(2) => FormattableString.Invariant($"{time.TotalSeconds:0} s"),
        _ => FormattableString.Invariant($"{time.TotalMinutes:0} min"),
    };
}
