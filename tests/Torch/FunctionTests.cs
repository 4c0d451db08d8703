using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Torch;

[Collection(nameof(TorchCollection))]
public sealed class FunctionTests
{
    private static readonly Dictionary<string, Func<Tensor, Tensor>> OfOne = new()
    {
        ["silu"] = x => x.silu(),
        ["relu"] = x => x.relu(),
        ["elu"] = x => x.elu(),
        ["sigmoid"] = x => x.sigmoid(),
        ["leaky_relu"] = x => x.leaky_relu(0.2),
        ["tanh"] = x => x.tanh(),
        ["softplus"] = x => x.softplus(),
        ["log_sigmoid"] = x => x.log_sigmoid(),
        ["exp"] = x => x.exp(),
        ["abs"] = x => x.abs(),
        ["sin"] = x => x.sin(),
        ["cos"] = x => x.cos(),
        ["square"] = x => x.square(),
        ["neg"] = x => -x,
        ["erf"] = x => x.erf(),
        ["expm1"] = x => x.expm1(),
        ["clamp"] = x => x.clamp(-1.5, 2.5),
        ["log"] = x => x.log(),
        ["sqrt"] = x => x.sqrt(),
        ["rsqrt"] = x => x.rsqrt(),
        ["reciprocal"] = x => 1 / x,
        ["log1p"] = x => x.log1p(),
        ["pow"] = x => x.pow(1.7),
        ["sum"] = x => x.sum(),
        ["sum_dims"] = x => x.sum([0, 2], true),
        ["mean"] = x => x.mean(),
        ["mean_dims"] = x => x.mean([1, 2]),
        ["std"] = x => x.std(),
        ["std_dim"] = x => x.std(1, false),
        ["var"] = x => x.var(),
        ["var_dim"] = x => x.var([0]),
        ["max"] = x => x.max(),
        ["max_dim"] = x => x.max(1).values,
        ["min_dim"] = x => x.min(2, true).values,
        ["norm"] = x => x.norm(),
        ["norm_dim"] = x => x.norm(1),
        ["norm_1"] = x => x.norm(1f),
        ["prod"] = x => x.prod(),
        ["logsumexp"] = x => x.logsumexp(1),
        ["logsumexp_keep"] = x => x.logsumexp(2, true),
        ["softmax"] = x => x.softmax(1),
        ["log_softmax"] = x => x.log_softmax(2),
        ["cumsum"] = x => x.cumsum(1),
        ["amax"] = x => x.amax(0, 1),
    };

    private static readonly Dictionary<string, Func<Tensor, Tensor, Tensor>> OfTwo = new()
    {
        ["add"] = (x, y) => x + y,
        ["sub"] = (x, y) => x - y,
        ["mul"] = (x, y) => x * y,
        ["div"] = (x, y) => x / y,
        ["maximum"] = maximum,
        ["minimum"] = minimum,
        ["matmul"] = matmul,
        ["mm"] = mm,
    };

    public static TheoryData<string> NamesOfOne => [.. OfOne.Keys];

    public static TheoryData<string> NamesOfTwo => [.. OfTwo.Keys];

    [Theory]
    [MemberData(nameof(NamesOfOne))]
    public void A_function_of_one_tensor_matches_PyTorch_with_its_gradient(string name) =>
        TorchGolden.Case(name).MatchesWithGradients(x => OfOne[name](x[0]), "x");

    [Theory]
    [MemberData(nameof(NamesOfTwo))]
    public void A_function_of_two_tensors_matches_PyTorch_with_its_gradients(string name) =>
        TorchGolden.Case(name).MatchesWithGradients(x => OfTwo[name](x[0], x[1]), "x", "y");

    [Fact]
    public void Places_of_the_largest_match_PyTorch()
    {
        using var scope = NewDisposeScope();
        var golden = TorchGolden.Case("argmax");
        var x = golden["x"];
        x.argmax().ToInt64().ShouldBe(golden.Whole("all")[0]);
        x.argmax(1).data<long>().ToArray().ShouldBe(golden.Whole("dim"));
        x.argsort(1).data<long>().ToArray().ShouldBe(golden.Whole("argsort"));
        x.max(1).indexes.data<long>().ToArray().ShouldBe(golden.Whole("dim"));
    }

    [Theory]
    [InlineData("exp", "exp_")]
    [InlineData("log", "log_")]
    [InlineData("sqrt", "sqrt_")]
    [InlineData("neg", "neg_")]
    [InlineData("tanh", "tanh_")]
    [InlineData("sigmoid", "sigmoid_")]
    [InlineData("silu", "silu_")]
    public void A_function_in_place_gives_what_it_gives_elsewhere(string name, string inPlace)
    {
        using var scope = NewDisposeScope();
        var x = TorchGolden.Case(name)["x"];
        var expected = OfOne[name](x);
        var changed = typeof(Tensor).GetMethod(inPlace, [])!.Invoke(x, null);
        changed.ShouldBeSameAs(x);
        x.allclose(expected).ShouldBeTrue();
    }

    [Fact]
    public void Arithmetic_in_place_changes_the_tensor_itself()
    {
        using var scope = NewDisposeScope();
        var x = tensor([1f, 2f, 3f]);
        var y = tensor([2f, 2f, 4f]);
        x.add_(y).sub_(1).mul_(y).div_(2).add_(y, -0.5).ShouldBeSameAs(x);
        x.data<float>().ToArray().ShouldBe([1f, 2f, 10f]);
        x.addcmul_(y, y, 0.5).addcdiv_(y, y, -1).data<float>().ToArray().ShouldBe([2f, 3f, 17f]);
        x.clamp_(2.5, 3.5).data<float>().ToArray().ShouldBe([2.5f, 3f, 3.5f]);
        x.pow_(2).lerp_(zeros(3), full(3, 0.5)).data<float>().ToArray().ShouldBe([3.125f, 4.5f, 6.125f]);
    }

    [Fact]
    public void Numbers_stand_on_either_side_of_an_operator()
    {
        using var scope = NewDisposeScope();
        var x = tensor([1f, 2f, 4f]);
        (3 - x).data<float>().ToArray().ShouldBe([2f, 1f, -1f]);
        (8.0 / x).data<float>().ToArray().ShouldBe([8f, 4f, 2f]);
        (0.5f * x + 1L).data<float>().ToArray().ShouldBe([1.5f, 2f, 3f]);
    }

    [Fact]
    public void Comparisons_give_truth_values()
    {
        using var scope = NewDisposeScope();
        var x = tensor([1f, 2f, 3f]);
        (x > 2).data<bool>().ToArray().ShouldBe([false, false, true]);
        (x <= full(3, 2)).data<bool>().ToArray().ShouldBe([true, true, false]);
        x.eq(2).any().ToBoolean().ShouldBeTrue();
        x.ne(2).all().ToBoolean().ShouldBeFalse();
        tensor([1f, float.NaN, float.PositiveInfinity]).isfinite().data<bool>().ToArray()
            .ShouldBe([true, false, false]);
    }
}
