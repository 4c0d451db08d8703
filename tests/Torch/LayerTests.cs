using static TorchSharp.torch;

namespace Tests.Torch;

[Collection(nameof(TorchCollection))]
public sealed class LayerTests
{
    [Fact]
    public void Linear_matches_PyTorch_forward_and_gradients() =>
        TorchGolden.Case("linear").MatchesWithGradients(x =>
            nn.functional.linear(x[0], x[1], x[2]), "x", "w", "b");

    [Theory]
    [InlineData("conv_5_2_4", new[] { 2L, 2 }, new[] { 4L, 4 }, new[] { 1L, 1 }, 1)]
    [InlineData("conv_3_2_1", new[] { 2L, 2 }, new[] { 1L, 1 }, new[] { 1L, 1 }, 1)]
    [InlineData("conv_grouped", new[] { 1L, 1 }, new[] { 1L, 1 }, new[] { 1L, 1 }, 2)]
    [InlineData("conv_dilated", new[] { 1L, 1 }, new[] { 0L, 0 }, new[] { 2L, 2 }, 1)]
    [InlineData("conv_uneven", new[] { 2L, 1 }, new[] { 1L, 0 }, new[] { 1L, 1 }, 1)]
    public void Convolution_matches_PyTorch_forward_and_gradients(
        string name, long[] stride, long[] padding, long[] dilation, long groups) =>
        TorchGolden.Case(name).MatchesWithGradients(
            x => nn.functional.conv2d(x[0], x[1], x[2], stride, padding, dilation, groups), "x", "w", "b");

    [Fact]
    public void A_layer_does_what_its_function_does()
    {
        using var scope = NewDisposeScope();
        var golden = TorchGolden.Case("conv_3_2_1");
        using var layer = nn.Conv2d(2, 3, 3, 2, 1);
        layer.load_state_dict(new() { ["weight"] = golden["w"], ["bias"] = golden["b"] });
        golden.Matches("out", layer.call(golden["x"]));
    }

    [Fact]
    public void Fresh_layers_have_the_values_that_PyTorch_gives_them()
    {
        using var scope = NewDisposeScope();
        manual_seed(11);
        using var net = Networks.Energy();
        var golden = TorchGolden.Case("initial");
        foreach (var (name, parameter) in net.named_parameters())
        {
            golden.Matches(name.Replace('.', '_'), parameter);
        }
    }

    [Fact]
    public void Activation_modules_do_what_their_functions_do()
    {
        using var scope = NewDisposeScope();
        var x = linspace(-3, 3, 13);
        nn.SiLU().call(x).allclose(x * x.sigmoid()).ShouldBeTrue();
        nn.ReLU().call(x).allclose(x.clamp(0)).ShouldBeTrue();
        nn.LeakyReLU(0.1).call(x).allclose(where(x > 0, x, x * 0.1)).ShouldBeTrue();
        nn.ELU(0.5).call(x).allclose(where(x > 0, x, x.expm1() * 0.5)).ShouldBeTrue();
        nn.Sigmoid().call(x).allclose(1 / ((-x).exp() + 1)).ShouldBeTrue();
        nn.Tanh().call(x).allclose(((2 * x).sigmoid() * 2) - 1, 1e-5, 1e-6).ShouldBeTrue();
        nn.Softplus().call(x).allclose((x.exp() + 1).log(), 1e-5, 1e-6).ShouldBeTrue();
    }

    [Fact]
    public void An_activation_in_place_overwrites_its_input()
    {
        using var scope = NewDisposeScope();
        var x = tensor([-1f, 2f]);
        nn.ReLU(true).call(x);
        x.data<float>().ToArray().ShouldBe([0f, 2f]);
    }

    [Fact]
    public void Flatten_keeps_the_batch() =>
        nn.Flatten().call(zeros(2, 3, 4)).shape.ShouldBe([2L, 12]);
}
