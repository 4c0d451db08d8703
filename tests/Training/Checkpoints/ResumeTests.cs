using Shared.Execution;
using Tests.Torch;
using Training.Checkpoints;
using Training.Experiments;

namespace Tests.Training.Checkpoints;

/// <summary>A trial that goes on from a checkpoint ends, bit for bit, as one that was not disturbed.</summary>
[Collection(nameof(TorchCollection))]
public sealed class ResumeTests
{
    private const string Toy =
        "training.updates=61 training.batch_size=16 training.ema=0.9 training.data_noise=0.01 sampler.steps=3 "
        + "initialisation.buffer_size=200 initialisation.reinitialisation=0.2 evaluation.sampler=\"hmc\" "
        + "evaluation.steps=2 evaluation.leapfrog_steps=2";

    private const string Images =
        " training.updates=27 training.batch_size=8 training.images=40 sampler.steps=2 "
        + "initialisation.start=\"buffer\" initialisation.buffer_size=64 evaluation.every=5 "
        + "evaluation.sampler=\"mala\" evaluation.steps=2 training.ema=0.9";

    private const string TwoHead = "model.hidden=4 evaluation.accuracy_threshold=0.01" + Images;

    [Theory]
    [InlineData("toy", Toy, 33)]
    [InlineData("toy", Toy + " training.optimiser=\"sgd\" initialisation.policy=\"fifo\"", 33)]
    [InlineData("toy", Toy + " training.beta1=0.9 initialisation.policy=\"random\"", 7)]
    [InlineData("toy", Toy + " training.warm_up=50 initialisation.policy=\"reservoir\"", 40)]
    [InlineData("toy", Toy + " detector.gap_mad=1e-3 detector.gap_updates=8", 54)]
    [InlineData("toy", "training.updates=30 training.batch_size=16 initialisation.start=\"data\"", 1)]
    [InlineData("toy", "training.updates=30 training.batch_size=16 initialisation.start=\"noise\"", 30)]
    [InlineData("two-head", TwoHead, 13)]
    [InlineData("jem", "model.hidden=4 training.learning_rate_decay=\"step\" training.decay_every=10" + Images, 13)]
    [InlineData("energy-net", "model.hidden=8 model.as_published=true" + Images, 13)]
    [InlineData("conv-energy", "training.beta1=0.5" + Images, 13)]
    public void Every_result_is_equal(string experiment, string settings, int update)
    {
        var resuming = new Resuming(experiment, settings);
        var straight = resuming.Straight(update);

        var compared = resuming.Compare(straight, update, straight.Trial.Checkpoints[update]);

        compared.Differing.ShouldBeEmpty();
        compared.Points.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void Every_experiment_of_the_catalogue_is_resumed_here() =>
        typeof(ResumeTests).GetMethod(nameof(Every_result_is_equal))!
            .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false).Cast<InlineDataAttribute>()
            .Select(data => (string)data.GetData(null!).Single()[0]).Distinct().Order()
            .ShouldBe(global::Shared.Experiments.ExperimentCatalog.Default.Experiments
                .Where(e => !e.IsEvaluation).Select(e => e.Name).Order());

    [Theory]
    [InlineData("toy", Toy, 33, 5, "weights optimiser average buffer gaps chains")]
    [InlineData("toy", Toy + " training.optimiser=\"sgd\"", 33, 5, "optimiser")]
    [InlineData("toy", Toy + " detector.gap_mad=1e-3 detector.gap_updates=8", 54, 5, "detector")]
    [InlineData("two-head", TwoHead, 13, 3, "weights optimiser average buffer gaps chains classes")]
    public void Without_any_one_of_its_sections_a_result_differs(
        string experiment, string settings, int update, int earlier, string sections)
    {
        var resuming = new Resuming(experiment, settings);
        var straight = resuming.Straight(earlier, update);
        var (old, whole) = (straight.Trial.Checkpoints[earlier], straight.Trial.Checkpoints[update]);
        foreach (var section in sections.Split(' '))
        {
            var stale = Resuming.WithStale(whole, old, section);
            resuming.Compare(straight, update, stale).Differing.ShouldNotBeEmpty(section);
        }

        resuming.Compare(straight, update, Resuming.WithStale(whole, old, section: "none")).Differing
            .ShouldBeEmpty("a file that was only copied is as good");
    }

    [Theory]
    [InlineData(StreamPurpose.DataOrder)]
    [InlineData(StreamPurpose.ChainStart)]
    [InlineData(StreamPurpose.ChainNoise)]
    [InlineData(StreamPurpose.DataNoise)]
    [InlineData(StreamPurpose.Validation)]
    [InlineData(StreamPurpose.Evaluation)]
    [InlineData(StreamPurpose.Samples)]
    public void With_another_generator_after_the_checkpoint_a_result_differs(StreamPurpose purpose)
    {
        const int Update = 13;
        var straight = new Resuming("two-head", TwoHead).Straight(Update);
        var other = new Resuming("two-head", TwoHead) { Strange = purpose };
        var whole = straight.Trial.Checkpoints[Update];
        Should.Throw<InvalidDataException>(() => other.From(Update, whole), "its key is compared");

        // The same file with the keys that the other trial would have written.
        var accepted = Resuming.WithStale(whole, other.Straight(1).Trial.Checkpoints[1], "streams");

        other.Compare(straight, Update, accepted).Differing.ShouldNotBeEmpty();
    }

    [Fact]
    public void Every_section_there_is_has_been_left_out_above_or_is_refused_when_it_is_anothers()
    {
        var straight = new Resuming("two-head", TwoHead).Straight(1);
        using var file = CheckpointReading.Open(new MemoryStream(straight.Trial.Checkpoints[1]));
        file.Sections.ShouldBe(
            ["streams", "weights", "optimiser", "average", "buffer", "detector", "gaps", "chains", "classes"]);
    }

    [Fact]
    public void What_was_reported_before_the_checkpoint_is_not_reported_again()
    {
        var resuming = new Resuming("toy", Toy);
        var straight = resuming.Straight(40);
        var resumed = resuming.From(40, straight.Trial.Checkpoints[40]).Trial;
        resumed.Points.ShouldAllBe(point => point.Step > 40);
        resumed.Steps("loss").ShouldBe([50, 60]);
    }

    [Fact]
    public void The_pace_counts_the_updates_since_the_checkpoint_alone()
    {
        var resuming = new Resuming("toy", Toy);
        var straight = resuming.Straight(33);
        var resumed = resuming.From(33, straight.Trial.Checkpoints[33]).Trial;

        // The recording trial's clock moves a millisecond with every look, and an update takes two looks.
        resumed.Points.First(point => point.Metric == "updates_per_second").ShouldSatisfyAllConditions(
            first => first.Step.ShouldBe(40),
            first => first.Value.ShouldBe(1_000, 1e-6));
    }

    [Fact]
    public void Leaving_checkpoints_changes_no_result()
    {
        var resuming = new Resuming("toy", Toy);
        var (often, never) = (resuming.Straight([.. Enumerable.Range(1, 61)]), resuming.Straight());
        often.Trial.Checkpoints.Count.ShouldBe(61);
        often.Trial.Points.ShouldBe(never.Trial.Points);
        often.Trial.Artifacts["samples.png"].ShouldBe(never.Trial.Artifacts["samples.png"]);
    }

    [Fact]
    public void A_trial_that_is_told_to_stop_leaves_its_checkpoint_first()
    {
        using var source = new CancellationTokenSource();
        var trial = new RecordingTrial
        {
            Stop = source.Token,
            IsDue = update =>
            {
                if (update == 3)
                {
                    source.Cancel();
                }

                return update == 3;
            },
        };
        Should.Throw<OperationCanceledException>(
            () => ExperimentRunner.Default.Run(new global::Shared.Experiments.ToyParameters(), trial));
        trial.Checkpoints.Keys.ShouldBe([3]);
    }

    [HandleFact]
    public void A_resumed_trial_leaves_no_native_handle_behind()
    {
        var resuming = new Resuming("toy", Toy);
        var straight = resuming.Straight(33);
        var before = NativeHandles.Live;
        resuming.From(33, straight.Trial.Checkpoints[33]);
        NativeHandles.Live.ShouldBe(before);
    }
}
