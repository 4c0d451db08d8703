using Orchestrator.Cli;

namespace Tests.Orchestrator;

public sealed class DurationTests
{
    [Theory]
    [InlineData("30s", 30)]
    [InlineData("90m", 5_400)]
    [InlineData("1.5h", 5_400)]
    [InlineData("12h", 43_200)]
    [InlineData("2d", 172_800)]
    [InlineData("0s", 0)]
    [InlineData("10000d", 864_000_000)]
    public void A_duration_is_a_number_and_its_unit(string text, double seconds) =>
        Duration.Read(text).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("12")]
    [InlineData("12 h")]
    [InlineData("-1h")]
    [InlineData("1e3h")]
    [InlineData("12H")]
    [InlineData("1,5h")]
    [InlineData("1h30m")]
    [InlineData("10001d")]
    [InlineData("NaNh")]
    public void What_is_no_duration_is_refused(string text) => Duration.Read(text).ShouldBeNull();
}
