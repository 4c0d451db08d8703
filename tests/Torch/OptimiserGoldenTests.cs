using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tests.Torch;

/// <summary>
/// The steps of the optimisers and the clipping of gradients against PyTorch's numbers: a native call of ours
/// each, and the package's own where that stands in place of <c>Torch/</c>.
/// </summary>
[Collection(nameof(TorchCollection))]
public sealed class OptimiserGoldenTests
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
    [InlineData("clip_0.5", 0.5)]
    [InlineData("clip_50", 50)]
    public void Clipping_gradients_by_their_norm_matches_PyTorch(string name, double limit)
    {
        using var scope = NewDisposeScope();
        var golden = TorchGolden.Case(name);
        using var a = nn.Parameter(zeros_like(golden["a"]));
        using var b = nn.Parameter(zeros_like(golden["b"]));
        Accumulate(a, golden["a"]);
        Accumulate(b, golden["b"]);
        var norm = nn.utils.clip_grad_norm_([a, b], limit);
        norm.ShouldBe(golden["norm"].ToDouble(), 1e-6);
        golden.Matches("a_after", a.Gradient()!);
        golden.Matches("b_after", b.Gradient()!);
    }

    internal static optim.Optimizer Make(string name, Parameter parameter) => name switch
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

    private static List<Tensor> Steps(optim.Optimizer optimiser, Parameter parameter, Tensor grads)
    {
        var path = new List<Tensor>();
        for (var i = 0L; i < grads.shape[0]; i++)
        {
            optimiser.zero_grad();
            Accumulate(parameter, grads[i]);
            optimiser.step();
            path.Add(parameter.detach().clone());
        }

        return path;
    }

    // Not every release of TorchSharp can set a gradient, and all can compute one.
    private static void Accumulate(Parameter parameter, Tensor gradient) =>
        (parameter * gradient).sum().backward();
}
