using Shared;

namespace Tests.Shared;

/// <summary>Lengths of time on the command line.</summary>
public sealed class DurationTextTests
{
    [Theory]
    [InlineData("30s", 30)]
    [InlineData("10m", 600)]
    [InlineData("2h", 7200)]
    [InlineData("500ms", 0.5)]
    [InlineData("1.5s", 1.5)]
    [InlineData("0s", 0)]
    public void A_number_and_its_unit_are_a_length(string text, double seconds) =>
        DurationText.Parse(text).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("s")]
    [InlineData("-3s")]
    [InlineData("3 s")]
    [InlineData("1..5s")]
    [InlineData("3d")]
    [InlineData("9000h")]
    [InlineData("1e3s")]
    public void Anything_else_is_none(string text) => DurationText.Parse(text).ShouldBeNull();

    [Theory]
    [InlineData("20s", "20 s")]
    [InlineData("500ms", "500 ms")]
    [InlineData("90s", "1.5 min")]
    [InlineData("10m", "10 min")]
    [InlineData("2h", "2 h")]
    [InlineData("100s", "100 s")]
    [InlineData("0s", "0 ms")]
    public void A_length_is_said_in_words(string text, string words) =>
        DurationText.Words(DurationText.Parse(text)!.Value).ShouldBe(words);
}
