using Shared.Experiments;
using Tests.Torch;
using Training.Experiments;
using Training.Objectives;
using Training.Samplers;

namespace Tests.Training;

[Collection(nameof(TorchCollection))]
public sealed class DivergenceDetectorTests
{
    private static readonly DetectorParameters Defaults = new();

    [Theory]
    [InlineData(double.NaN, 1, 1)]
    [InlineData(double.PositiveInfinity, 1, 1)]
    [InlineData(0, double.NaN, 1)]
    [InlineData(0, 1, double.PositiveInfinity)]
    public void A_loss_or_an_energy_that_is_not_finite_is_divergence(double loss, double data, double samples)
    {
        var detector = new DivergenceDetector(Defaults);
        var diverged = detector.Judge(7, Terms(loss, data, samples)).ShouldNotBeNull();
        diverged.Step.ShouldBe(7);
        diverged.Reason.ShouldStartWith("non-finite: the loss of update 7 is ");
    }

    [Theory]
    [InlineData(100_001, 1)]
    [InlineData(1, 100_001)]
    public void A_mean_energy_above_the_limit_is_divergence(double data, double samples) =>
        new DivergenceDetector(Defaults).Judge(7, Terms(0, data, samples)).ShouldNotBeNull().Reason
            .ShouldBe("detector.energy_limit: the mean |E| of update 7 is 1e+05, above 1e+05");

    [Fact]
    public void Energies_at_the_limit_are_not_divergence_and_the_limit_is_a_parameter()
    {
        new DivergenceDetector(Defaults).Judge(7, Terms(0, 100_000, 1)).ShouldBeNull();
        new DivergenceDetector(Defaults with { EnergyLimit = 5 }).Judge(7, Terms(0, 5, 5.5))!.Reason
            .ShouldBe("detector.energy_limit: the mean |E| of update 7 is 5.5, above 5");
    }

    [Fact]
    public void By_default_gaps_saturation_and_frozen_chains_end_nothing()
    {
        var detector = new DivergenceDetector(Defaults);
        detector.WatchesChains.ShouldBeFalse();
        for (var update = 1; update <= 200; update++)
        {
            var gap = update < 100 ? Wobble(update) : 1e4;
            detector.Judge(update, Gap(gap), saturation: 1, displacement: 0).ShouldBeNull();
        }
    }

    [Fact]
    public void A_gap_beyond_its_running_mad_for_long_enough_is_divergence()
    {
        // Fifty gaps −1 and 1 in turn: median 0, MAD 1. From update 51 on the gap is 10.5.
        var detector = new DivergenceDetector(Defaults with { GapMad = 10, GapUpdates = 4 });
        var ends = Enumerable.Range(1, 54)
            .Select(update => detector.Judge(update, Gap(update <= 50 ? Wobble(update) : 10.5))).ToArray();
        ends[..53].ShouldAllBe(end => end == null);
        ends[53].ShouldBe(new TrialEnd.Diverged(
            54,
            "detector.gap_mad: the gap of update 54 is 10.5, 10.5 running MADs from its median, above 10 "
            + "for 4 updates in a row"));
    }

    [Theory]
    [InlineData(10.0, 0)]   // never beyond 10 MADs
    [InlineData(10.5, 4)]   // beyond, and back for one update before the fourth in a row
    public void A_gap_just_below_the_limit_or_not_for_long_enough_is_none(double gap, int healthyEvery)
    {
        var detector = new DivergenceDetector(Defaults with { GapMad = 10, GapUpdates = 4 });
        for (var update = 1; update <= 80; update++)
        {
            var healthy = update <= 50 || (healthyEvery > 0 && update % healthyEvery == 0);
            detector.Judge(update, Gap(healthy ? Wobble(update) : gap)).ShouldBeNull();
        }
    }

    [Fact]
    public void Gaps_are_not_judged_before_fifty_of_them_nor_where_they_never_vary()
    {
        var early = new DivergenceDetector(Defaults with { GapMad = 10, GapUpdates = 1 });
        Enumerable.Range(1, 49).ToList().ForEach(u => early.Judge(u, Gap(Wobble(u))).ShouldBeNull());
        early.Judge(50, Gap(1e4)).ShouldBeNull();

        var flat = new DivergenceDetector(Defaults with { GapMad = 10, GapUpdates = 1 });
        Enumerable.Range(1, 60).ToList().ForEach(u => flat.Judge(u, Gap(2)).ShouldBeNull());
        flat.Judge(61, Gap(1e4)).ShouldBeNull();
    }

    [Fact]
    public void Saturated_chains_are_divergence_where_that_rule_is_on()
    {
        var detector = new DivergenceDetector(Defaults with { Saturation = 0.98 });
        detector.WatchesChains.ShouldBeTrue();
        detector.Judge(3, Gap(0), saturation: 0.98, displacement: 0).ShouldBeNull();
        detector.Judge(4, Gap(0), saturation: 0.985, displacement: 0)!.Reason.ShouldBe(
            "detector.saturation: the share of saturated entries of update 4 is 0.985, above 0.98");
    }

    [Fact]
    public void Frozen_chains_are_divergence_where_that_rule_is_on()
    {
        var detector = new DivergenceDetector(Defaults with { FrozenChains = 1e-4 });
        detector.WatchesChains.ShouldBeTrue();
        detector.Judge(3, Gap(0), saturation: 1, displacement: 1e-4).ShouldBeNull();
        detector.Judge(4, Gap(0), saturation: 1, displacement: 0.99e-4)!.Reason.ShouldBe(
            "detector.frozen_chains: the chains of update 4 moved 9.9e-05 of the box, less than 0.0001");
    }

    [Fact]
    public void Motion_is_a_share_of_the_box_and_saturation_a_share_of_the_entries()
    {
        var motion = ChainMotion.Of([0, 0.5f, -1, 0], [1, 0.5f, -1, -0.5f], Box.Images);
        motion.Saturation.ShouldBe(0.5);
        motion.Displacement.ShouldBe(1.5 / 4 / 2);
        ChainMotion.Of([0], [3], Box.Unbounded).ShouldBe(new ChainMotion(0, 0));
    }

    [Theory]
    [InlineData(0.9, null, "detector.frozen_chains")]
    [InlineData(null, 1e-4, "detector.saturation")]
    public void A_trial_is_judged_by_where_its_own_chains_ended(
        double? frozen, double? saturation, string rule)
    {
        var toy = new ToyParameters();
        var trial = new RecordingTrial();
        ExperimentRunner.Default.Run(
            toy with
            {
                Training = toy.Training with { Updates = 20, BatchSize = 64 },
                Sampler = toy.Sampler with { Steps = 4, StepSize = new Schedule.Constant(1) },
                Initialisation = new() { Start = ChainStart.Noise },
                Detector = new() { FrozenChains = frozen, Saturation = saturation },
            },
            trial).ShouldBeOfType<TrialEnd.Diverged>().Reason.ShouldStartWith(rule);
    }

    private static double Wobble(int update) => update % 2 == 0 ? 1 : -1;

    private static LossTerms Gap(double gap) =>
        new(0, new EnergySummary(0, 1, 1), new EnergySummary(gap, 1, 1), Class: null);

    private static LossTerms Terms(double loss, double data, double samples) => new(
        loss, new EnergySummary(0, data, 0), new EnergySummary(0, samples, 0), Class: null);
}
