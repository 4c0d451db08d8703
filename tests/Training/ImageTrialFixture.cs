using Shared.Experiments;
using Shared.Sweeps;
using Training.Experiments;

namespace Tests.Training;

/// <summary>Short trials of the two-head experiment.</summary>
internal static class ImageTrialFixture
{
    public static readonly TwoHeadParameters Short = Shorten(new TwoHeadParameters());

    public static RecordingTrial Run(TwoHeadParameters parameters, SampleGrids? samples = null)
    {
        var trial = new RecordingTrial(data: "fashion-mnist") { Samples = samples };
        ExperimentRunner.Default.Run(parameters, trial).ShouldBe(new TrialEnd.Completed());
        return trial;
    }

    private static TwoHeadParameters Shorten(TwoHeadParameters defaults) => defaults with
    {
        Model = new() { Hidden = 4 },
        Training = defaults.Training with { Updates = 40, BatchSize = 16 },
        Sampler = defaults.Sampler with { Steps = 3 },
        Initialisation = new() { Start = ChainStart.Buffer, BufferSize = 300 },
    };
}
