using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tests.Torch;

[Collection(nameof(TorchCollection))]
public sealed class ModuleTests
{
    [Fact]
    public void Fields_are_registered_under_their_names()
    {
        using var module = new TwoHeads();
        module.named_parameters().Select(named => named.name).ShouldBe(
            ["scale", "body.0.weight", "body.0.bias", "head.weight"], ignoreOrder: true);
        module.named_buffers().Select(named => named.name).ShouldBe(["mean"]);
        module.named_modules().Select(named => named.name).ShouldBe(["body", "body.0", "body.1", "head"]);
        module.get_parameter("head.weight")!.shape.ShouldBe([1L, 3]);
        module.get_buffer("nobody").ShouldBeNull();
    }

    [Fact]
    public void A_shared_parameter_is_counted_once()
    {
        using var layer = nn.Linear(2, 2);
        var net = nn.Sequential(layer, layer);
        net.parameters().Count().ShouldBe(2);
    }

    [Fact]
    public void A_name_is_taken_once()
    {
        using var module = new TwoHeads();
        Should.Throw<ArgumentException>(() => module.register_buffer("mean", zeros(1)));
    }

    [Fact]
    public void Training_and_use_reach_every_module_inside()
    {
        using var module = new TwoHeads();
        module.eval();
        module.modules().ShouldAllBe(inner => !inner.training);
        module.train();
        module.modules().ShouldAllBe(inner => inner.training);
    }

    [Fact]
    public void A_saved_module_loads_to_the_same_bytes()
    {
        using var scope = NewDisposeScope();
        using var first = new TwoHeads();
        using var second = new TwoHeads();
        var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        first.save(writer);
        stream.Position = 0;
        second.load(new BinaryReader(stream));
        foreach (var (name, tensor) in first.state_dict())
        {
            second.state_dict()[name].bytes.SequenceEqual(tensor.bytes).ShouldBeTrue(name);
        }

        second.get_parameter("scale")!.requires_grad.ShouldBeTrue();
    }

    [Fact]
    public void Names_that_differ_are_refused_unless_that_is_allowed()
    {
        using var scope = NewDisposeScope();
        using var module = new TwoHeads();
        var source = new Dictionary<string, Tensor> { ["scale"] = full(1, 4), ["stranger"] = zeros(1) };
        var refusal = Should.Throw<InvalidOperationException>(() => module.load_state_dict(source));
        refusal.Message.ShouldContain("stranger");
        var (missing, unexpected) = module.load_state_dict(source, false);
        missing.ShouldContain("head.weight");
        unexpected.ShouldBe(["stranger"]);
        module.get_parameter("scale")!.ToSingle().ShouldBe(4);
    }

    [Fact]
    public void A_converted_module_keeps_its_parameter_objects()
    {
        using var scope = NewDisposeScope();
        using var module = new TwoHeads();
        var before = module.parameters().ToArray();
        module.to(float64);
        module.parameters().ShouldBe(before);
        module.parameters().ShouldAllBe(parameter => parameter.dtype == float64 && parameter.requires_grad);
        module.call(zeros(2, 4, float64)).dtype.ShouldBe(float64);
    }

    [Fact]
    public void A_sequence_disposes_what_it_hands_on()
    {
        using var net = nn.Sequential(nn.Linear(2, 2), nn.SiLU(), nn.Linear(2, 1));
        var x = zeros(1, 2);
        var before = NativeHandles.Count();
        var y = net.call(x);
        NativeHandles.Count().ShouldBe(before + 1);
        y.sum().backward();
        net.zero_grad();
        net.parameters().Where(parameter => parameter.Gradient() is not null).ShouldBeEmpty();
        x.Dispose();
        y.Dispose();
    }

    [HandleFact]
    public void A_disposed_module_gives_everything_back()
    {
        var before = NativeHandles.Count();
        new TwoHeads().Dispose();
        NativeHandles.Count().ShouldBe(before);
    }

    [Fact]
    public void A_tensor_taken_as_a_parameter_is_empty_from_then_on()
    {
        using var scope = NewDisposeScope();
        var data = ones(2);
        var parameter = nn.Parameter(data);
        data.IsInvalid.ShouldBeTrue();
        scope.Contains(parameter).ShouldBeTrue();
        parameter.requires_grad.ShouldBeTrue();
    }

    [Fact]
    public void Initial_values_have_the_spread_that_their_rule_says()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var weight = zeros(200, 100);
        nn.init.CalculateFanInAndFanOut(weight).ShouldBe((100, 200));
        nn.init.uniform_(weight, -2, 2, generator).std().ToDouble().ShouldBe(4 / Math.Sqrt(12), 0.02);
        nn.init.normal_(weight, 1, 3, generator).mean().ToDouble().ShouldBe(1, 0.1);
        nn.init.kaiming_uniform_(weight).abs().max().ToDouble().ShouldBe(Math.Sqrt(6.0 / 100), 0.001);
        nn.init.kaiming_normal_(weight).std().ToDouble().ShouldBe(Math.Sqrt(2.0 / 100), 0.005);
        nn.init.xavier_uniform_(weight).abs().max().ToDouble().ShouldBe(Math.Sqrt(6.0 / 300), 0.001);
        nn.init.xavier_normal_(weight).std().ToDouble().ShouldBe(Math.Sqrt(2.0 / 300), 0.005);
        nn.init.constant_(weight, 3).mean().ToSingle().ShouldBe(3);
        nn.init.zeros_(weight).sum().ToSingle().ShouldBe(0);
        nn.init.ones_(weight).sum().ToSingle().ShouldBe(20_000);
    }

    private sealed class TwoHeads : nn.Module<Tensor, Tensor>
    {
        private readonly Sequential body = nn.Sequential(nn.Linear(4, 3), nn.SiLU());
        private readonly Linear head = nn.Linear(3, 1, false);
        private readonly Parameter scale = nn.Parameter(full(1, 2));
        private readonly Tensor mean = zeros(4);

        internal TwoHeads()
            : base(nameof(TwoHeads)) => RegisterComponents();

        public override Tensor forward(Tensor input) => head.call(body.call(input - mean)) * scale;
    }
}
