using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tests.Torch;

[Collection(nameof(TorchCollection))]
public sealed class NetworkTests
{
    [Fact]
    public void A_thousand_training_steps_leave_no_handle_behind()
    {
        using var generator = new Generator(3);
        using var net = Networks.Energy();
        using var optimiser = optim.Adam(net.parameters(), 1e-3, 0.0, 0.999);
        var x = rand([2, 1, 8, 8], generator: generator);
        Step(net, optimiser, x, generator);
        var before = NativeHandles.Count();
        for (var i = 0; i < 1_000; i++)
        {
            Step(net, optimiser, x, generator);
        }

        NativeHandles.Count().ShouldBe(before);
        x.Dispose();
    }

    [Fact]
    public void Nothing_is_recorded_where_gradients_are_off()
    {
        using var scope = NewDisposeScope();
        var x = ones(2).requires_grad_();
        using (no_grad())
        {
            is_grad_enabled().ShouldBeFalse();
            (x * 2).requires_grad.ShouldBeFalse();
            using (enable_grad())
            {
                (x * 2).requires_grad.ShouldBeTrue();
            }

            is_grad_enabled().ShouldBeFalse();
        }

        var y = x * 2;
        y.requires_grad.ShouldBeTrue();
        y.is_leaf.ShouldBeFalse();
        y.detach().requires_grad.ShouldBeFalse();
    }

    [Fact]
    public void An_input_without_a_part_has_no_gradient_where_that_is_allowed()
    {
        using var scope = NewDisposeScope();
        var x = ones(2).requires_grad_();
        var y = ones(2).requires_grad_();
        var grads = autograd.grad([(x * x).sum()], [x, y], null, false, false, true);
        grads[0].data<float>().ToArray().ShouldBe([2f, 2f]);
        grads[1].ShouldBeNull();
    }

    [Fact]
    public void Backward_adds_up_until_gradients_are_dropped()
    {
        using var scope = NewDisposeScope();
        var x = ones(2).requires_grad_();
        (x * 2).sum().backward();
        (x * 3).backward([ones(2)]);
        x.Gradient()!.data<float>().ToArray().ShouldBe([5f, 5f]);
    }

    private static void Step(Sequential net, Adam optimiser, Tensor x, Generator generator)
    {
        using var scope = NewDisposeScope();
        x.requires_grad_();
        var grad = autograd.grad([net.call(x).sum()], [x])[0];
        using (no_grad())
        {
            x.requires_grad_(false);
            x.add_(grad, -0.1).add_(randn([2, 1, 8, 8], generator: generator), 0.01).clamp_(-1, 1);
        }

        NetworkGoldenTests.Train(net, optimiser, x).Dispose();
    }
}
