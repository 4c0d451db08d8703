using Shared.Experiments;
using Tests.Torch;
using Training.Models;
using static TorchSharp.torch;

namespace Tests.Training;

/// <summary>Every network layer by layer, against the published numbers of parameters.</summary>
[Collection(nameof(TorchCollection))]
public sealed class LayerCountTests
{
    private static readonly long[] Gray = [1, 28, 28];
    private static readonly long[] Colour = [3, 32, 32];

    [Theory]
    [InlineData(16, 16_683)]
    [InlineData(32, 63_307)]
    [InlineData(64, 246_411)]
    public void The_two_head_model_has_its_published_number_of_parameters(int hidden, long count)
    {
        using var model = new TwoHeadModel(Trunk.Convolutional(hidden, Gray), classes: 10);
        TotalOf(model).ShouldBe(count);
    }

    [Fact]
    public void The_two_head_model_says_its_layers()
    {
        using var model = new TwoHeadModel(Trunk.Convolutional(32, Gray), classes: 10);
        Layer.Lines(model).ShouldBe([
            "conv 1→16, 5×5, stride 2, padding 4: 16×16×16, 416 parameters",
            "SiLU: 16×16×16",
            "conv 16→32, 3×3, stride 2, padding 1: 32×8×8, 4,640 parameters",
            "SiLU: 32×8×8",
            "conv 32→64, 3×3, stride 2, padding 1: 64×4×4, 18,496 parameters",
            "SiLU: 64×4×4",
            "conv 64→64, 3×3, stride 2, padding 1: 64×2×2, 36,928 parameters",
            "SiLU: 64×2×2",
            "Flatten: 256",
            "linear 256→1: 1, 257 parameters",
            "linear 256→10: 10, 2,570 parameters",
            "63,307 parameters",
        ]);
    }

    [Fact]
    public void On_colour_images_the_two_head_model_grows_in_its_first_layer_and_its_heads()
    {
        using var model = new TwoHeadModel(Trunk.Convolutional(32, Colour), classes: 10);
        CountsOf(model).ShouldBe([1_216, 4_640, 18_496, 36_928, 577, 5_770]);
        TotalOf(model).ShouldBe(67_627);
    }

    [Theory]
    [InlineData(16, 16_554)]
    [InlineData(32, 63_050)]
    public void The_one_head_model_has_the_trunk_and_one_head(int hidden, long count)
    {
        using var model = new JemModel(Trunk.Convolutional(hidden, Gray), classes: 10);
        TotalOf(model).ShouldBe(count);
        CountsOf(model)[^1].ShouldBe((80 * hidden) + 10);
    }

    [Fact]
    public void EnergyNet_has_its_published_layers()
    {
        using var model = new JemModel(Trunk.Flattened(Gray, hidden: 512), classes: 10);
        CountsOf(model).ShouldBe([401_920, 262_656, 262_656, 5_130]);
        TotalOf(model).ShouldBe(932_362);
        Layer.Lines(model)[2].ShouldBe("ELU: 512");

        using var colour = new JemModel(Trunk.Flattened(Colour, hidden: 512), classes: 10);
        CountsOf(colour)[0].ShouldBe(1_573_376);
        TotalOf(colour).ShouldBe(2_103_818);
    }

    [Fact]
    public void The_convolutional_energy_has_its_published_layers()
    {
        using var model = new ScalarEnergy(Trunk.ConvolutionalEnergy(Gray));
        CountsOf(model).ShouldBe([1_088, 131_200, 1_605_888, 257]);
        TotalOf(model).ShouldBe(1_738_433);
        Layer.Lines(model)[1].ShouldBe("leaky ReLU 0.2: 64×14×14");

        using var colour = new ScalarEnergy(Trunk.ConvolutionalEnergy(Colour));
        CountsOf(colour).ShouldBe([3_136, 131_200, 2_097_408, 257]);
        TotalOf(colour).ShouldBe(2_232_001);
    }

    [Fact]
    public void The_toy_has_its_published_number_of_parameters()
    {
        using var model = new ScalarEnergy(Trunk.Dense(2, 64));
        CountsOf(model).ShouldBe([192, 4_160, 65]);
        TotalOf(model).ShouldBe(4_417);
    }

    [Theory]
    [InlineData(Activation.Silu, "SiLU")]
    [InlineData(Activation.Relu, "ReLU")]
    [InlineData(Activation.Elu, "ELU")]
    [InlineData(Activation.LeakyRelu, "leaky ReLU 0.2")]
    public void An_activation_stands_between_all_layers(Activation activation, string name)
    {
        foreach (var trunk in (Trunk[])[
            Trunk.Dense(2, 4, activation),
            Trunk.Convolutional(4, Gray, activation),
            Trunk.Flattened(Gray, 4, activation),
            Trunk.ConvolutionalEnergy(Gray, activation)])
        {
            var plain = trunk.Description.Where(layer => layer.Parameters == 0 && layer.Name != "Flatten");
            plain.ShouldAllBe(layer => layer.Name == name);
            plain.Count().ShouldBe(trunk.Description.Count(layer => layer.Parameters > 0));
            trunk.Dispose();
        }
    }

    [Fact]
    public void The_energy_of_the_joint_model_is_minus_the_log_of_the_summed_exponentials()
    {
        using var scope = NewDisposeScope();
        using var model = new JemModel(Trunk.Dense(2, 8), classes: 3);
        using var published = new JemModel(Trunk.Dense(2, 8), classes: 3) { AsPublished = true };
        foreach (var (from, to) in model.Parameters.Zip(published.Parameters))
        {
            from.Floats().CopyTo(to.Floats());
        }

        var x = tensor([1f, -2f, 0.5f, 3f]).reshape(2, 2);
        var logits = model.Logits(x).Floats().ToArray();
        var (energies, inOne) = model.Both(x);
        inOne.Floats().ToArray().ShouldBe(logits);
        for (var row = 0; row < 2; row++)
        {
            var expected = -Math.Log(logits[(3 * row)..][..3].Sum(logit => Math.Exp(logit)));
            ((double)energies.Floats()[row]).ShouldBe(expected, 1e-5);
            ((double)model.Energy(x).Floats()[row]).ShouldBe(expected, 1e-5);
            ((double)model.Score(x).Floats()[row]).ShouldBe(-expected, 1e-5);
            ((double)published.Energy(x).Floats()[row]).ShouldBe(-expected, 1e-5);
            ((double)published.Score(x).Floats()[row]).ShouldBe(-expected, 1e-5);
        }
    }

    private static long TotalOf(IEnergyModel model)
    {
        var total = model.Parameters.Sum(parameter => parameter.numel());
        model.Layers.Sum(layer => layer.Parameters).ShouldBe(total, "the description counts what is trained");
        return total;
    }

    private static List<long> CountsOf(IEnergyModel model) =>
        [.. model.Layers.Select(layer => layer.Parameters).Where(count => count > 0)];
}
