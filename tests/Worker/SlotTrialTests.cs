using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Shared.Execution;
using Shared.Sweeps;
using Training.Checkpoints;
using Worker.Hosting;

namespace Tests.Worker;

/// <summary>Checkpoints as a slot's trial spools them.</summary>
public sealed class SlotTrialTests : IDisposable
{
    private static readonly ToSlot.Start Start =
        new(new AttemptId("s", 3, 2), "toy", "{}", null, 1, 1) { CheckpointEvery = 10 };

    private readonly DirectoryInfo _spool = Directory.CreateTempSubdirectory("sweep-test-");
    private readonly Channel<SlotInput> _inputs = Channel.CreateUnbounded<SlotInput>();
    private readonly CancellationTokenSource _stop = new();

    [Fact]
    public void A_checkpoint_is_whole_under_its_name_before_it_is_announced()
    {
        var trial = New(Start);
        Enumerable.Range(1, 25).Where(trial.IsCheckpointDue).ShouldBe([10, 20]);

        trial.Checkpoint(20, Writes("state"));

        var path = Path.Combine(_spool.FullName, "3.2.20.checkpoint");
        Announced().ShouldBe(new SlotInput.Checkpointed(20, path, "of state", 5));
        File.ReadAllText(path).ShouldBe("state");
        _spool.GetFiles().ShouldHaveSingleItem();
        (trial.Updates, trial.Stop.IsCancellationRequested).ShouldBe((25, false));
    }

    [Fact]
    public void By_time_none_is_due_at_once() =>
        Enumerable.Range(1, 100).Where(New(Start with { CheckpointEvery = null }).IsCheckpointDue)
            .ShouldBeEmpty();

    [Fact]
    public void A_drained_trial_leaves_one_after_its_update_and_stops()
    {
        var trial = New(Start);
        trial.IsCheckpointDue(3).ShouldBeFalse();
        trial.Drain();
        trial.Stop.IsCancellationRequested.ShouldBeFalse("the update is finished first");
        trial.IsCheckpointDue(4).ShouldBeTrue();

        trial.Checkpoint(4, Writes("state"));

        Announced().ShouldBeOfType<SlotInput.Checkpointed>().Update.ShouldBe(4);
        trial.Stop.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public void One_that_cannot_be_written_is_left_out_and_training_goes_on()
    {
        var trial = New(Start);

        trial.Checkpoint(10, _ => throw new IOException("No space left on device"));

        _inputs.Reader.TryRead(out _).ShouldBeFalse();
        _spool.GetFiles().ShouldBeEmpty();
        trial.Stop.IsCancellationRequested.ShouldBeFalse();
        trial.Drain();
        trial.Checkpoint(11, _ => throw new IOException("No space left on device"));
        trial.Stop.IsCancellationRequested.ShouldBeTrue("a drain ends all the same");
    }

    [Fact]
    public void The_file_to_go_on_from_is_opened_where_it_is_said_to_be()
    {
        New(Start).From.ShouldBeNull();
        var path = Path.Combine(_spool.FullName, "c");
        File.WriteAllText(path, "state");

        var from = New(Start with { From = new StartFrom(20, path, "00ff") }).From.ShouldNotBeNull();

        (from.Update, from.Sha256).ShouldBe((20, "00ff"));
        using var reader = new StreamReader(from.Open());
        reader.ReadToEnd().ShouldBe("state");
    }

    [Fact]
    public void The_parents_model_is_read_where_it_is_said_to_be_and_another_files_bytes_are_refused()
    {
        New(Start).ParentModel().ShouldBeNull();
        var path = Path.Combine(_spool.FullName, "m");
        File.WriteAllBytes(path, [1, 2, 3]);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData([1, 2, 3]));

        New(Start with { Parent = new StartParent(path, sha256) }).ParentModel().ShouldBe([1, 2, 3]);
        Should.Throw<InvalidDataException>(
                () => New(Start with { Parent = new StartParent(path, "00ff") }).ParentModel())
            .Message.ShouldBe("the parent's model is not the one that the trial was to begin from");
    }

    public void Dispose()
    {
        _stop.Dispose();
        _spool.Delete(recursive: true);
    }

    private SlotTrial New(ToSlot.Start start) => new(start, null, _spool.FullName, _inputs.Writer, _stop);

    private SlotInput Announced() => _inputs.Reader.TryRead(out var input)
        ? input
        : throw new InvalidOperationException("nothing was announced");

    private static Func<Stream, CheckpointDigest> Writes(string text) => file =>
    {
        file.Write(Encoding.UTF8.GetBytes(text));
        return new CheckpointDigest($"of {text}", text.Length);
    };
}
