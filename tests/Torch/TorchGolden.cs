using System.Text.Json;
using static TorchSharp.torch;

namespace Tests.Torch;

/// <summary>One case of tests/Golden/torch.json: tensors by name, as PyTorch computed them.</summary>
internal sealed class TorchGolden
{
    private static readonly Lazy<JsonDocument> File = new(() => JsonDocument.Parse(
        System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "torch.json"))));

    private readonly string _name;
    private readonly JsonElement _case;

    private TorchGolden(string name)
    {
        _name = name;
        _case = File.Value.RootElement.GetProperty(name);
    }

    internal static TorchGolden Case(string name) => new(name);

    internal Tensor this[string key] =>
        tensor([.. Data(key).EnumerateArray().Select(value => value.GetSingle())], Shape(key));

    internal long[] Whole(string key) => [.. Data(key).EnumerateArray().Select(value => value.GetInt64())];

    internal long[] Shape(string key) =>
        [.. _case.GetProperty(key).GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];

    /// <summary>Compares element by element: |a − e| ≤ 1e-6 + 2e-5·|e|.</summary>
    internal void Matches(string key, Tensor actual)
    {
        actual.shape.ShouldBe(Shape(key), $"{_name}.{key}: shape");
        using var expected = this[key];
        var places = expected.data<float>().ToArray();
        using var plain = actual.detach();
        var values = plain.data<float>().ToArray();
        for (var i = 0; i < places.Length; i++)
        {
            values[i].ShouldBe(places[i], 1e-6 + (2e-5 * Math.Abs(places[i])), $"{_name}.{key}[{i}]");
        }
    }

    /// <summary>Applies a function to named inputs, and compares its result and its gradients.</summary>
    internal void MatchesWithGradients(Func<Tensor[], Tensor> function, params string[] inputs)
    {
        using var scope = NewDisposeScope();
        var leaves = Array.ConvertAll(inputs, key => this[key].requires_grad_());
        var result = function(leaves);
        Matches("out", result);
        var grads = autograd.grad([result], leaves, [this["seed"].reshape(result.shape)]);
        for (var i = 0; i < inputs.Length; i++)
        {
            Matches($"grad_{inputs[i]}", grads[i]);
        }
    }

    private JsonElement Data(string key) => _case.GetProperty(key).GetProperty("data");
}
