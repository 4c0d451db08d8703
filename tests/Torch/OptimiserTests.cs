using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tests.Torch;

[Collection(nameof(TorchCollection))]
public sealed class OptimiserTests
{
    [Theory]
    [MemberData(nameof(OptimiserGoldenTests.Names), MemberType = typeof(OptimiserGoldenTests))]
    public void A_saved_optimiser_goes_on_bit_for_bit(string name)
    {
        using var scope = NewDisposeScope();
        var golden = TorchGolden.Case(name);
        var grads = golden["grads"];
        using var straight = nn.Parameter(golden["start"]);
        using var first = OptimiserGoldenTests.Make(name, straight);
        _ = Steps(first, straight, grads.narrow(0, 0, 4));
        using var saved = new MemoryStream();
        Save(first, new BinaryWriter(saved));
        using var resumed = nn.Parameter(straight.detach().clone());
        using var second = OptimiserGoldenTests.Make(name, resumed);
        saved.Position = 0;
        Load(second, new BinaryReader(saved));
        var expected = Steps(first, straight, grads.narrow(0, 4, 4))[^1];
        var actual = Steps(second, resumed, grads.narrow(0, 4, 4))[^1];
        actual.bytes.SequenceEqual(expected.bytes).ShouldBeTrue();
    }

    [Fact]
    public void A_parameter_without_a_gradient_stays_as_it_is()
    {
        using var scope = NewDisposeScope();
        using var parameter = nn.Parameter(ones(3));
        using var optimiser = optim.Adam([parameter], 1.0);
        optimiser.step();
        parameter.data<float>().ToArray().ShouldBe([1f, 1f, 1f]);
    }

    [Fact]
    public void A_changed_learning_rate_counts_from_the_next_step_on()
    {
        using var scope = NewDisposeScope();
        using var parameter = nn.Parameter(zeros(1));
        using var optimiser = optim.SGD([parameter], 1.0);
        parameter.grad = ones(1);
        optimiser.step();
        foreach (var group in optimiser.ParamGroups)
        {
            group.LearningRate = 0.25;
        }

        optimiser.step();
        parameter.ToSingle().ShouldBe(-1.25f);
    }

    [Fact]
    public void Zeroed_gradients_are_gone()
    {
        using var scope = NewDisposeScope();
        using var parameter = nn.Parameter(ones(2));
        using var optimiser = optim.SGD([parameter], 1.0);
        (parameter * 3).sum().backward();
        parameter.Gradient()!.data<float>().ToArray().ShouldBe([3f, 3f]);
        optimiser.zero_grad();
        parameter.Gradient().ShouldBeNull();
    }

    [Fact]
    public void Clipping_gradients_by_value_bounds_each_element()
    {
        using var scope = NewDisposeScope();
        using var a = nn.Parameter(zeros(3));
        a.grad = tensor([-2f, 0.5f, 7f]);
        nn.utils.clip_grad_value_([a], 1);
        a.grad!.data<float>().ToArray().ShouldBe([-1f, 0.5f, 1f]);
    }

    private static void Save(optim.Optimizer optimiser, BinaryWriter writer)
    {
        (optimiser as Adam)?.save_state_dict(writer);
        (optimiser as SGD)?.save_state_dict(writer);
    }

    private static void Load(optim.Optimizer optimiser, BinaryReader reader)
    {
        (optimiser as Adam)?.load_state_dict(reader);
        (optimiser as SGD)?.load_state_dict(reader);
    }

    private static List<Tensor> Steps(optim.Optimizer optimiser, Parameter parameter, Tensor grads)
    {
        var path = new List<Tensor>();
        for (var i = 0L; i < grads.shape[0]; i++)
        {
            parameter.grad = grads[i].clone();
            optimiser.step();
            path.Add(parameter.detach().clone());
        }

        return path;
    }
}
