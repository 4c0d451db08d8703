using System.Globalization;
using Shared.Execution;

namespace Tests.Shared.Execution;

public sealed class RandomStreamsTests
{
    private static readonly string Golden =
        Path.Combine(AppContext.BaseDirectory, "Shared", "Execution", "Golden", "random_stream_keys.csv");

    [Fact]
    public void Keys_are_those_that_another_language_computes()
    {
        var lines = File.ReadAllLines(Golden);
        lines.Length.ShouldBe(13);
        foreach (var line in lines)
        {
            var fields = line.Split(',');
            var purpose = Enum.Parse<StreamPurpose>(
                fields[2].Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
            var key = RandomStreams.Key(
                long.Parse(fields[0], CultureInfo.InvariantCulture),
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                purpose);
            key.ToString("x16", CultureInfo.InvariantCulture).ShouldBe(fields[3], line);
        }
    }

    [Fact]
    public void Keys_differ_where_purpose_replicate_or_seed_differ()
    {
        var keys =
            from seed in (long[])[-1, 0, 1, 2, 11, long.MaxValue]
            from replicate in (int[])[1, 2, 11, 111]
            from purpose in Enum.GetValues<StreamPurpose>()
            select RandomStreams.Key(seed, replicate, purpose);

        keys.Distinct().Count().ShouldBe(6 * 4 * Enum.GetValues<StreamPurpose>().Length);
    }

    [Fact]
    public void A_purpose_that_does_not_exist_has_no_key() =>
        Should.Throw<ArgumentOutOfRangeException>(() => RandomStreams.Key(1, 1, (StreamPurpose)99));
}
