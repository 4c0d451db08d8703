using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tests.Torch;

/// <summary>
/// A whole network against PyTorch's numbers, with <c>Torch/</c> and with the package in its place.
/// </summary>
[Collection(nameof(TorchCollection))]
public sealed class NetworkGoldenTests
{
    [Fact]
    public void A_gradient_of_a_gradient_matches_PyTorch()
    {
        using var scope = NewDisposeScope();
        manual_seed(11);
        using var net = Networks.Energy();
        var golden = TorchGolden.Case("second_order");
        var x = golden["x"].requires_grad_();
        var first = autograd.grad([net.call(x).sum()], [x], null, true, true)[0];
        golden.Matches("first", first);
        var penalty = first.pow(2).sum();
        golden.Matches("penalty", penalty);
        var weights = net.named_parameters().Where(named => !named.name.Contains("bias")).ToArray();
        var second = autograd.grad([penalty], [.. weights.Select(named => named.parameter)]);
        for (var i = 0; i < weights.Length; i++)
        {
            golden.Matches($"w{i}", second[i]);
        }
    }

    [Fact]
    public void Training_an_energy_ends_where_PyTorch_ends()
    {
        using var scope = NewDisposeScope();
        manual_seed(11);
        using var net = Networks.Energy();
        using var optimiser = optim.Adam(net.parameters(), 1e-3, 0.0, 0.999);
        var golden = TorchGolden.Case("training");
        var data = golden["data"];
        var losses = new List<Tensor>();
        for (var i = 0L; i < data.shape[0]; i++)
        {
            losses.Add(Train(net, optimiser, data[i]).MoveToOuterDisposeScope());
        }

        golden.Matches("losses", stack(losses));
        golden.Matches("last_weight", net.get_parameter("5.weight")!);
        golden.Matches("first_bias", net.get_parameter("0.bias")!);
    }

    internal static Tensor Train(Sequential net, Adam optimiser, Tensor batch)
    {
        using var scope = NewDisposeScope();
        var loss = net.call(batch).mean() - net.call(-batch).mean() + (0.1 * net.call(batch).pow(2).mean());
        optimiser.zero_grad();
        loss.backward();
        nn.utils.clip_grad_norm_(net.parameters(), 0.1);
        optimiser.step();
        return loss.detach().MoveToOuterDisposeScope();
    }
}
