using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using Shared;
using Shared.Execution;
using Shared.Experiments;
using Shared.Search;
using Shared.Sweeps;
using Training.Data;
using Training.Experiments;

namespace Worker.Hosting;

/// <summary>A slot's process: carries out what <see cref="SlotStep"/> decides.</summary>
public sealed class SlotHost
{
    private const int InputLimit = 8_192;
    private static readonly TimeSpan FlushEvery = TimeSpan.FromSeconds(1);

    private readonly string _spool;
    private readonly SlotImages _images;
    private readonly FrameStream _frames;
    private readonly Channel<SlotInput> _inputs = Channel.CreateBounded<SlotInput>(InputLimit);
    private readonly CollectionPause? _pause = NativePart.IsOfPackage ? new CollectionPause() : null;
    private CancellationTokenSource? _training;
    private SlotTrial? _trial;

    private SlotHost(string spool, SlotImages images, FrameStream frames)
    {
        _spool = spool;
        _images = images;
        _frames = frames;
    }

    /// <summary>Runs attempts until the worker is gone; then the process ends.</summary>
    /// <param name="spool">Folder for artifacts on their way to the worker.</param>
    /// <param name="places">Where data are looked for.</param>
    public static async Task<int> RunAsync(string spool, DataPlaces places)
    {
        var frames = PrivatePipes.Take();   // before anything native is loaded
        var host = new SlotHost(spool, new SlotImages(places), frames);
        var environment = ComputingEnvironment.Describe(ProgramVersion.Current, data: null);
        await frames.WriteAsync(
            SlotMessageJson.Write(new FromSlot.Ready(Environment.ProcessId, environment)));
        _ = host.ListenAsync();
        _ = host.FlushRegularlyAsync();
        return await host.LoopAsync();
    }

    private async Task<int> LoopAsync()
    {
        var state = SlotState.Initial;
        await foreach (var input in _inputs.Reader.ReadAllAsync())
        {
            (state, var actions) = SlotStep.Step(state, input);
            foreach (var action in actions)
            {
                await CarryOutAsync(action);
            }
        }

        return 0;
    }

    private async Task CarryOutAsync(SlotAction action)
    {
        switch (action)
        {
            case SlotAction.Train train:
                _training?.Dispose();
                _training = new CancellationTokenSource();
                var images = _images.Of(train.Start.Data);
                var trial = new SlotTrial(train.Start, images, _spool, _inputs.Writer, _training)
                {
                    OtherImages = set => _images.Of(set)!.Value,
                    Pause = _pause,
                };
                _trial = trial;
                _ = Task.Factory.StartNew(
                    () => Train(train.Start, trial),
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default);
                break;
            case SlotAction.CancelTraining { KeepCheckpoint: true }:
                _trial!.Drain();
                break;
            case SlotAction.CancelTraining:
                await _training!.CancelAsync();
                break;
            case SlotAction.Send send:
                await SendAsync(send.Message);
                break;
            case SlotAction.Exit exit:
                await Console.Error.WriteLineAsync(exit.Reason);
                PrivatePipes.ExitAtOnce(0);
                break;
        }
    }

    private async Task SendAsync(FromSlot message)
    {
        try
        {
            await _frames.WriteAsync(SlotMessageJson.Write(message));
        }
        catch (IOException)
        {
            PrivatePipes.ExitAtOnce(0);   // the worker is gone
        }
    }

    /// <summary>
    /// The boundary of an attempt: whatever training throws fails the attempt, not the slot.
    /// </summary>
    private void Train(ToSlot.Start start, SlotTrial trial)
    {
        trial.Say(start.From is { } from
            ? $"goes on after update {from.Update}"
            : "begins at update 0");
        var end = Run(start, trial);
        _pause?.End();
        trial.Say($"{end.Outcome.ToString().ToLowerInvariant()} after update {end.Updates}");
        _inputs.Writer.WriteAsync(end).AsTask().GetAwaiter().GetResult();
    }

    private static SlotInput.Ended Run(ToSlot.Start start, SlotTrial trial)
    {
        try
        {
            var experiment = ExperimentCatalog.Default.Find(start.Experiment)
                ?? throw new UnreachableException(
                    $"a worker of another program sent experiment {start.Experiment}");
            var parameters = experiment.Bind(Configuration.ParametersOf(start.Parameters));
            return ExperimentRunner.Default.Run(parameters, trial) switch
            {
                TrialEnd.Diverged diverged => new SlotInput.Ended(
                    AttemptOutcome.Diverged, diverged.Reason, trial.Updates),
                _ => new SlotInput.Ended(AttemptOutcome.Completed, "", trial.Updates),
            };
        }
        catch (OperationCanceledException) when (trial.Stop.IsCancellationRequested)
        {
            return new SlotInput.Ended(AttemptOutcome.Preempted, "", trial.Updates);
        }
        catch (Exception failure)
        {
            Console.Error.WriteLine($"{start.Attempt} failed: {failure}");
            var reason = NativePart.WhyNotLoaded(failure) is { } why
                ? $"libtorch does not load: {why}; {NativePart.Repair}"
                : failure.Message;
            return new SlotInput.Ended(AttemptOutcome.Failed, reason, trial.Updates)
            {
                // What is read before the first update is what the attempt begins from.
                IsSourceUnreadable = failure is InvalidDataException
                    && trial.Updates == 0
                    && (start.From is not null || start.Parent is not null),
            };
        }
    }

    private async Task ListenAsync()
    {
        try
        {
            while (await _frames.ReadAsync() is { } payload)
            {
                await _inputs.Writer.WriteAsync(new SlotInput.Received(SlotMessageJson.ReadToSlot(payload)));
            }
        }
        catch (Exception damage) when (damage is FrameDamagedException or JsonException or IOException)
        {
            await Console.Error.WriteLineAsync($"the worker sent what is no message: {damage.Message}");
        }

        await _inputs.Writer.WriteAsync(new SlotInput.WorkerGone());   // whatever ended the listening
    }

    private async Task FlushRegularlyAsync()
    {
        using var timer = new PeriodicTimer(FlushEvery);
        while (await timer.WaitForNextTickAsync())
        {
            await _inputs.Writer.WriteAsync(new SlotInput.FlushDue());
        }
    }
}
