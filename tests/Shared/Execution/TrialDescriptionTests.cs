using System.Text;
using Shared.Execution;

namespace Tests.Shared.Execution;

public sealed class TrialDescriptionTests
{
    [Fact]
    public void A_description_is_spelt_in_camel_case_and_comes_back()
    {
        var bytes =
            new TrialDescription(new TrialData("mnist", 60_000, null, [1, 28, 28]), ["linear"], 7).ToBytes();

        Encoding.UTF8.GetString(bytes).ShouldBe(
            """{"data":{"name":"mnist","train":60000,"test":null,"shape":[1,28,28]},"layers":["linear"],"parameters":7}""");
        var read = TrialDescription.Read(bytes)!;
        (read.Data!.Name, read.Data.Train, read.Data.Test, read.Parameters)
            .ShouldBe(("mnist", 60_000L, null, 7L));
        read.Data.Shape.ShouldBe([1L, 28L, 28L]);
        read.Layers.ShouldBe(["linear"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"layers":[],"parameters":"many"}""")]
    [InlineData("""{"data":{"name":"mnist"},"layers":[],"parameters":1}""")]
    public void What_is_no_description_is_nothing(string text) =>
        TrialDescription.Read(Encoding.UTF8.GetBytes(text)).ShouldBeNull();
}
