using Shared.Experiments;
using Tests.Torch;
using Training.Evaluation;
using Training.Initialisation;
using Training.Randomness;
using Training.Samplers;

namespace Tests.Training;

[Collection(nameof(TorchCollection))]
public sealed class TrainedChainsTests
{
    private const int Count = 400;
    private static readonly InitialisationParameters Parameters =
        new() { BufferSize = 50, Reinitialisation = 0.25 };

    [Fact]
    public void Chains_of_a_buffer_are_copies_of_its_slots_and_restarts_as_many_as_training_makes()
    {
        var buffer = new ReplayBuffer(Parameters, 2, Box.Images, new RandomStream(1));
        var slots = Enumerable.Range(0, buffer.Count);
        var held = slots.Select(slot => (buffer[slot][0], buffer[slot][1])).ToHashSet();
        var states = Chains().Starts(buffer, Count, round: 7, []);
        var copies = states.Chunk(2).Count(state => held.Contains((state[0], state[1])));
        copies.ShouldBeInRange(270, 330);   // 300 expected, deviation 8.7

        states.AsSpan().Fill(9);
        slots.Count(slot => held.Contains((buffer[slot][0], buffer[slot][1]))).ShouldBe(buffer.Count);
    }

    [Fact]
    public void Another_round_gives_other_chains_and_the_same_one_the_same()
    {
        var start = new NoiseStart(new FreshNoise(Parameters, 2, Box.Images, new RandomStream(1)));
        var first = Chains().Starts(start, Count, 1, []);
        Chains().Starts(start, Count, 1, []).ShouldBe(first);
        Chains().Starts(start, Count, 2, []).ShouldNotBe(first);
        first.ShouldAllBe(value => Math.Abs(value) <= 1);
    }

    [Fact]
    public void Chains_that_start_at_data_start_at_the_data_given() =>
        Chains().Starts(new DataStart(), 2, 1, [1, 2, 3, 4, 5, 6]).ShouldBe([1f, 2, 3, 4]);

    [Fact]
    public void Chains_run_the_same_whatever_the_number_beside_them()
    {
        using var model = new GaussianEnergy();
        var sampler = new LangevinSampler(
            new() { Steps = 3, StepSize = new Schedule.Constant(0.1), Noise = new Schedule.Constant(0.1) },
            Box.Unbounded);
        var many = new float[2 * Count];
        var few = new float[2 * 3];
        Chains().Run(model, sampler, many, round: 4);
        Chains().Run(model, sampler, few, round: 4);
        many[..6].ShouldBe(few);
        many[2..4].ShouldNotBe(many[4..6]);
    }

    private static TrainedChains Chains() => new([2], Box.Images, Parameters, new RandomStream(5));
}
