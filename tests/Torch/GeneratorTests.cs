using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Torch;

[Collection(nameof(TorchCollection))]
public sealed class GeneratorTests
{
    [Fact]
    public void A_seed_gives_the_stream_that_it_gives_in_PyTorch()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(42);
        var golden = TorchGolden.Case("streams");
        golden.Matches("rand", rand(5, generator: generator));
        golden.Matches("randn", randn(20, generator: generator));
        golden.Matches("uniform", empty(4).uniform_(-2, 3, generator));
        golden.Matches("normal", empty(4).normal_(1, 2, generator));
        golden.Matches("bernoulli", empty(8).bernoulli_(0.3, generator));
        randperm(7, generator: generator).data<long>().ToArray().ShouldBe(golden.Whole("permutation"));
        randint(0, 100, [5], generator: generator).data<long>().ToArray().ShouldBe(golden.Whole("integers"));
    }

    [Fact]
    public void A_state_that_was_set_back_gives_the_same_numbers_again()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7);
        _ = randn(5, generator: generator);
        var state = generator.get_state();
        var first = randn(11, generator: generator);
        generator.set_state(state);
        randn(11, generator: generator).bytes.SequenceEqual(first.bytes).ShouldBeTrue();
    }

    [Fact]
    public void Generators_do_not_disturb_each_other()
    {
        using var scope = NewDisposeScope();
        using var one = new Generator(1);
        using var other = new Generator(1);
        var first = randn(4, generator: one);
        _ = randn(100);
        randn(4, generator: other).bytes.SequenceEqual(first.bytes).ShouldBeTrue();
        one.initial_seed().ShouldBe(1);
    }

    [Fact]
    public void The_global_generator_starts_again_from_its_seed()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var first = rand(3);
        var state = torch.random.get_rng_state();
        var second = rand(3);
        torch.random.set_rng_state(state);
        rand(3).bytes.SequenceEqual(second.bytes).ShouldBeTrue();
        manual_seed(5);
        rand(3).bytes.SequenceEqual(first.bytes).ShouldBeTrue();
    }

    [Fact]
    public void A_disposed_generator_is_refused_by_name()
    {
        var generator = new Generator(1);
        generator.Dispose();
        Should.Throw<ObjectDisposedException>(() => rand(1, generator: generator));
    }
}
