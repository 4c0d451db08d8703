using static TorchSharp.torch;

namespace Tests.Torch;

/// <summary>Every layer that a model is built of, as a module, against PyTorch.</summary>
[Collection(nameof(TorchCollection))]
public sealed class ModuleGoldenTests
{
    public static TheoryData<string> Names =>
    [
        "linear", "conv", "conv_grouped", "silu", "relu", "elu", "leaky_relu", "softplus", "flatten",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_module_matches_PyTorch_forward_and_in_the_gradients_to_values_and_input(string name)
    {
        using var scope = NewDisposeScope();
        var golden = TorchGolden.Case($"module_{name}");
        using var module = Make(name);
        var own = module.named_parameters().ToList();
        if (own.Count > 0)
        {
            module.load_state_dict(own.ToDictionary(named => named.name, named => golden[named.name]));
        }

        var x = golden["x"].requires_grad_();
        var result = module.call(x);
        golden.Matches("out", result);
        var grads = autograd.grad(
            [result], [x, .. own.Select(named => named.parameter)], [golden["seed"]]);
        golden.Matches("grad_x", grads[0]);
        for (var i = 0; i < own.Count; i++)
        {
            golden.Matches($"grad_{own[i].name}", grads[i + 1]);
        }
    }

    private static nn.Module<Tensor, Tensor> Make(string name) => name switch
    {
        "linear" => nn.Linear(4, 3),
        "conv" => nn.Conv2d(2, 3, 3, 2, 1),
        "conv_grouped" => nn.Conv2d(4, 6, 3, 2, 1, groups: 2),
        "silu" => nn.SiLU(),
        "relu" => nn.ReLU(),
        "elu" => nn.ELU(),
        "leaky_relu" => nn.LeakyReLU(0.2),
        "softplus" => nn.Softplus(),
        "flatten" => nn.Flatten(),
        _ => throw new ArgumentException($"no module is called {name}", nameof(name)),
    };
}
