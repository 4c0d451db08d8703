using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tests.Torch;

[Collection(nameof(TorchCollection))]
public sealed class OptimiserTests
{
    public static TheoryData<string> Names =>
        ["adam", "adam_no_momentum", "adam_decay", "adam_amsgrad", "sgd", "sgd_momentum", "sgd_nesterov"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_step_ends_where_PyTorch_ends(string name)
    {
        using var scope = NewDisposeScope();
        var golden = TorchGolden.Case(name);
        using var parameter = nn.Parameter(golden["start"]);
        using var optimiser = Make(name, parameter);
        var path = stack(Steps(optimiser, parameter, golden["grads"]));
        golden.Matches("path", path);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_saved_optimiser_goes_on_bit_for_bit(string name)
    {
        using var scope = NewDisposeScope();
        var golden = TorchGolden.Case(name);
        var grads = golden["grads"];
        using var straight = nn.Parameter(golden["start"]);
        using var first = Make(name, straight);
        _ = Steps(first, straight, grads.narrow(0, 0, 4));
        using var saved = new MemoryStream();
        Save(first, new BinaryWriter(saved));
        using var resumed = nn.Parameter(straight.detach().clone());
        using var second = Make(name, resumed);
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

    [Theory]
    [InlineData("clip_0.5", 0.5)]
    [InlineData("clip_50", 50)]
    public void Clipping_gradients_by_their_norm_matches_PyTorch(string name, double limit)
    {
        using var scope = NewDisposeScope();
        var golden = TorchGolden.Case(name);
        using var a = nn.Parameter(zeros_like(golden["a"]));
        using var b = nn.Parameter(zeros_like(golden["b"]));
        a.grad = golden["a"];
        b.grad = golden["b"];
        var norm = nn.utils.clip_grad_norm_([a, b], limit);
        norm.ShouldBe(golden["norm"].ToDouble(), 1e-6);
        golden.Matches("a_after", a.grad!);
        golden.Matches("b_after", b.grad!);
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

    private static optim.Optimizer Make(string name, Parameter parameter) => name switch
    {
        "adam" => optim.Adam([parameter], 1e-2),
        "adam_no_momentum" => optim.Adam([parameter], 1e-2, 0.0, 0.999),
        "adam_decay" => optim.Adam([parameter], 1e-2, 0.5, 0.9, 1e-6, 0.1),
        "adam_amsgrad" => optim.Adam([parameter], 1e-2, 0.9, 0.999, 1e-8, 0, true),
        "sgd" => optim.SGD([parameter], 0.1),
        "sgd_momentum" => optim.SGD([parameter], 0.1, 0.9, 0.1, 0.05),
        "sgd_nesterov" => optim.SGD([parameter], 0.1, 0.9, 0, 0, true),
        _ => throw new ArgumentException($"no optimiser is called {name}", nameof(name)),
    };

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
