using static TorchSharp.torch;

namespace Tests.Torch;

[Collection(nameof(TorchCollection))]
public sealed class LossTests
{
    private static readonly TorchGolden Shared = TorchGolden.Case("cross_entropy_mean");

    [Theory]
    [InlineData("mean")]
    [InlineData("sum")]
    [InlineData("none")]
    [InlineData("smoothed")]
    [InlineData("weighted")]
    [InlineData("ignored")]
    [InlineData("probabilities")]
    public void Cross_entropy_matches_PyTorch_with_its_gradient(string variant)
    {
        var labels = tensor(Shared.Whole("labels"));
        TorchGolden.Case($"cross_entropy_{variant}").MatchesWithGradients(x => variant switch
        {
            "sum" => nn.functional.cross_entropy(x[0], labels, null, -100, nn.Reduction.Sum),
            "none" => nn.functional.cross_entropy(x[0], labels, null, -100, nn.Reduction.None),
            "smoothed" => nn.functional.cross_entropy(x[0], labels, null, -100, nn.Reduction.Mean, 0.1),
            "weighted" => nn.functional.cross_entropy(x[0], labels, Shared["weight"]),
            "ignored" => nn.functional.cross_entropy(x[0], labels, null, 1),
            "probabilities" => nn.functional.cross_entropy(x[0], Shared["probabilities"]),
            _ => nn.functional.cross_entropy(x[0], labels),
        }, "x");
    }

    [Fact]
    public void Mean_squared_error_matches_PyTorch_with_its_gradient()
    {
        var golden = TorchGolden.Case("mse");
        golden.MatchesWithGradients(x => nn.functional.mse_loss(x[0], golden["y"]), "x");
    }

    [Fact]
    public void Binary_cross_entropy_matches_PyTorch_with_its_gradient()
    {
        var golden = TorchGolden.Case("bce_logits");
        golden.MatchesWithGradients(
            x => nn.functional.binary_cross_entropy_with_logits(x[0], golden["y"]), "x");
    }

    [Fact]
    public void One_hot_marks_each_class()
    {
        using var scope = NewDisposeScope();
        nn.functional.one_hot(tensor([0L, 2L]), 3).data<long>().ToArray().ShouldBe([1L, 0, 0, 0, 0, 1]);
    }
}
