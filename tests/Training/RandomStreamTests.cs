using Shared.Randomness;
using Training.Randomness;

namespace Tests.Training;

public sealed class RandomStreamTests
{
    private const ulong Key = 0x0123_4567_89AB_CDEF;

    [Theory]
    [InlineData(0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x00000000_00000000,
        0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)]
    [InlineData(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff_ffffffff,
        0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd)]
    [InlineData(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0x299f31d0_a4093822,
        0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1)]
    public void Words_are_the_known_answers_published_with_Random123(
        uint counter0, uint counter1, uint counter2, uint counter3, ulong key,
        uint word0, uint word1, uint word2, uint word3) =>
        Philox.Block(key, counter0, counter1, counter2, counter3)
            .ShouldBe(new PhiloxWords(word0, word1, word2, word3));

    [Fact]
    public void Vector_normals_equal_the_scalar_reference_to_a_millionth()
    {
        var (fast, reference) = (new float[1 << 20], new float[1 << 20]);
        var stream = new RandomStream(Key);
        for (uint chain = 0; chain < 4; chain++)
        {
            stream.FillNormal(fast, chain, update: 7, step: 3);
            stream.FillNormalReference(reference, chain, update: 7, step: 3);
            var worst = fast.Zip(reference, (a, b) => Math.Abs(a - b)).Max();
            worst.ShouldBeLessThan(1e-6f);
            fast.All(float.IsFinite).ShouldBeTrue();
        }
    }

    [Fact]
    public void Element_4b_comes_from_block_b_with_the_counter_block_chain_update_step()
    {
        var sample = new float[12];
        new RandomStream(Key).FillNormal(sample, chain: 5, update: 6, step: 7);

        var words = Philox.Block(Key, 2, 5, 6, 7);
        var expected = BoxMuller.Normals(words.Word2, words.Word3);
        sample[10].ShouldBe(expected.Cosine, 1e-6f);
        sample[11].ShouldBe(expected.Sine, 1e-6f);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(783)]
    public void A_short_sample_is_the_beginning_of_a_long_one(int length)
    {
        var (small, large) = (new float[length], new float[1_000]);
        var stream = new RandomStream(Key);
        stream.FillNormal(small, 1, 2, 3);
        stream.FillNormal(large, 1, 2, 3);
        small.ShouldBe(large[..length]);
    }

    [Fact]
    public void Normals_have_the_moments_of_the_standard_normal()
    {
        var sample = new float[1_000_000];
        new RandomStream(Key).FillNormal(sample, 0, 0, 0);
        sample.Average(x => (double)x).ShouldBe(0, 0.005);
        sample.Average(x => (double)x * x).ShouldBe(1, 0.01);
        sample.Average(x => Math.Pow(x, 4)).ShouldBe(3, 0.05);
        sample.Zip(sample.Skip(1), (a, b) => (double)a * b).Average().ShouldBe(0, 0.005);
    }

    [Fact]
    public void Uniform_numbers_fill_their_interval_and_stay_inside()
    {
        var sample = new float[100_000];
        new RandomStream(Key).FillUniform(sample, -1, 3, 0, 0, 0);
        sample.Min().ShouldBeInRange(-1, -0.999f);
        sample.Max().ShouldBeInRange(2.999f, 3);
        sample.Average(x => (double)x).ShouldBe(1, 0.02);
    }

    [Fact]
    public void Units_lie_strictly_between_zero_and_one()
    {
        BoxMuller.Unit(0).ShouldBeGreaterThan(0);
        BoxMuller.Unit(uint.MaxValue).ShouldBeLessThan(1);
        BoxMuller.Normals(0, 0).Cosine.ShouldBe(5.887f, 0.001f);
    }

    [Fact]
    public void Draws_without_replacement_repeat_nothing_and_reach_everything()
    {
        var stream = new RandomStream(Key);
        stream.Draw(100, 100, update: 1, step: 0).Order().ShouldBe(Enumerable.Range(0, 100));

        var seen = new HashSet<int>();
        for (uint update = 0; update < 200; update++)
        {
            var drawn = stream.Draw(1_000, 64, update, step: 0);
            drawn.Distinct().Count().ShouldBe(64);
            seen.UnionWith(drawn);
        }

        seen.Count.ShouldBe(1_000);
    }

    [Fact]
    public void Every_slot_is_drawn_equally_often()
    {
        var counts = new int[10];
        for (uint update = 0; update < 10_000; update++)
        {
            foreach (var slot in new RandomStream(Key).Draw(10, 3, update, step: 0))
            {
                counts[slot]++;
            }
        }

        counts.ShouldAllBe(count => count > 2_850 && count < 3_150);
    }
}
