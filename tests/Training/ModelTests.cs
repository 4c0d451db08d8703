using Tests.Torch;
using Training.Evaluation;
using Training.Models;
using Training.Randomness;
using static TorchSharp.torch;

namespace Tests.Training;

[Collection(nameof(TorchCollection))]
public sealed class ModelTests
{
    private static readonly long[] Images = [1, 28, 28];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Energies_are_a_vector_also_of_a_batch_of_one(int batch)
    {
        using var scope = NewDisposeScope();
        using var model = new TwoHeadModel(Trunk.Convolutional(4, Images), classes: 10);
        var x = zeros(batch, 1, 28, 28);
        model.Energy(x).shape.ShouldBe([batch]);
        model.Logits(x).shape.ShouldBe([batch, 10]);
        var (energy, logits) = model.Both(x);
        energy.Floats().ToArray().ShouldBe(model.Energy(x).Floats().ToArray());
        logits.Floats().ToArray().ShouldBe(model.Logits(x).Floats().ToArray());
    }

    [Fact]
    public void The_energy_is_minus_the_output_of_the_head()
    {
        using var scope = NewDisposeScope();
        using var head = new ScalarHead(2);
        var (weight, bias) = (head.Parameters.First(), head.Parameters.Last());
        weight.requires_grad = bias.requires_grad = false;
        new[] { 2f, -1f }.CopyTo(weight.Floats());
        bias.Floats()[0] = 0.5f;
        head.Energy(tensor([1f, 3f]).reshape(1, 2)).Floats().ToArray().ShouldBe([0.5f]);
    }

    [Fact]
    public void Initial_weights_fill_the_interval_of_their_fan_in_and_follow_from_the_stream_alone()
    {
        using var model = new TwoHeadModel(Trunk.Convolutional(16, Images), classes: 10);
        using var twin = new TwoHeadModel(Trunk.Convolutional(16, Images), classes: 10);
        InitialWeights.Draw(model.Parameters, new RandomStream(3));
        InitialWeights.Draw(twin.Parameters, new RandomStream(3));
        double[] fanIns = [25, 25, 72, 72, 144, 144, 288, 288, 128, 128, 128, 128];
        for (var i = 0; i < fanIns.Length; i++)
        {
            var values = model.Parameters[i].Floats().ToArray();
            values.Max(Math.Abs).ShouldBeLessThanOrEqualTo((float)(1 / Math.Sqrt(fanIns[i])));
            values.ShouldBe(twin.Parameters[i].Floats().ToArray());
        }

        var largest = model.Parameters[6].Floats().ToArray().Max(Math.Abs);
        largest.ShouldBeGreaterThan((float)(0.99 / Math.Sqrt(288)));
    }

    [HandleFact]
    public void A_disposed_model_leaves_no_native_handle_behind()
    {
        var before = NativeHandles.Live;
        new TwoHeadModel(Trunk.Convolutional(4, Images), classes: 10).Dispose();
        FeatureNetwork.Of("fashion-mnist").Dispose();
        NativeHandles.Live.ShouldBe(before);
    }
}
