using Tests.Torch;
using Training.Checkpoints;

namespace Tests.Training.Checkpoints;

/// <summary>Files that no trial goes on from, each refused by one sentence.</summary>
[Collection(nameof(TorchCollection))]
public sealed class RefusedCheckpoints
{
    private const string Settings = "training.updates=12 training.batch_size=8 sampler.steps=2";
    private const int Update = 7;

    private readonly byte[] _whole = new Resuming("toy", Settings).Straight(Update).Trial.Checkpoints[Update];

    [Fact]
    public void Any_flipped_bit_and_any_cut_is_found()
    {
        for (var place = 0; place < _whole.Length; place += 97)
        {
            var flipped = _whole.ToArray();
            flipped[place] ^= 0x10;
            Refused(() => CheckpointReading.Open(new MemoryStream(flipped)), "no checkpoint", "is damaged");
            Refused(
                () => CheckpointReading.Open(new MemoryStream(_whole[..place])), "no checkpoint", "is damaged");
        }
    }

    [Fact]
    public void A_whole_file_that_is_not_the_announced_one_is_refused() =>
        Refused(
            () => CheckpointReading.Open(new MemoryStream(_whole), new string('0', 64)),
            "the checkpoint is not the one that the trial was to go on from");

    [Theory]
    [InlineData("toy", Settings + " training.learning_rate=0.01", Update, "of a trial with other parameters")]
    [InlineData("toy", Settings, Update + 1, "the checkpoint is of update 7, and the trial was to go on from 8")]
    public void A_checkpoint_of_another_trial_or_update_is_refused(
        string experiment, string settings, int update, string sentence) =>
        Refused(() => new Resuming(experiment, settings).From(update, _whole), sentence);

    [Fact]
    public void A_checkpoint_of_another_experiment_is_refused() =>
        Refused(
            () => new CheckpointHead("jem", "", 7).Require(new CheckpointHead("toy", "", 7)),
            "the checkpoint is of experiment toy, and the trial of jem");

    [Fact]
    public void A_checkpoint_of_other_random_streams_is_refused() =>
        Refused(
            () => new Resuming("toy", Settings) { Seed = 2 }.From(Update, _whole),
            "the checkpoint is of another seed or replicate: its stream data-split has another key");

    [Fact]
    public void A_checkpoint_with_a_section_too_many_too_few_or_too_long_is_refused()
    {
        var resuming = new Resuming("toy", Settings);
        Refused(
            () => resuming.From(Update, Rewritten(names => names.Append("moon"), (_, bytes) => bytes)),
            "a section 'moon', and the trial has nothing of that name");
        Refused(
            () => resuming.From(
                Update, Rewritten(names => names.Where(name => name != "gaps"), (_, bytes) => bytes)),
            "the checkpoint has no section 'gaps'");
        Refused(
            () => resuming.From(
                Update,
                Rewritten(names => names, (name, bytes) => name == "weights" ? [.. bytes, 0] : bytes)),
            "the checkpoint's section 'weights' is of something else");
    }

    private byte[] Rewritten(
        Func<IEnumerable<string>, IEnumerable<string>> names, Func<string, byte[], byte[]> change)
    {
        using var file = CheckpointReading.Open(new MemoryStream(_whole));
        using var written = new MemoryStream();
        CheckpointWriting.Write(written, file.Head, names(file.Sections.ToList()).Select(name =>
            (name, (Action<BinaryWriter>)(to => to.Write(
                change(name, file.Sections.Contains(name) ? file.BytesOf(name) : []))))));
        return written.ToArray();
    }

    private static void Refused(Action act, params string[] sentences)
    {
        var message = Should.Throw<InvalidDataException>(act).Message;
        message.ShouldNotContain("\n");
        sentences.ShouldContain(sentence => message.Contains(sentence, StringComparison.Ordinal), message);
    }
}
