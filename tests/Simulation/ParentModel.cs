using Shared.Sweeps;

namespace Tests.Simulation;

/// <summary>The sweep whose trials' artifacts another one's trials wait for.</summary>
internal sealed class ParentModel(Agenda agenda)
{
    private readonly Dictionary<int, DateTimeOffset> _ends = [];

    /// <summary>What the sweep that waits says of it.</summary>
    public static ParentSweep From { get; } = new("parent", "model");

    /// <summary>Whether a trial of it ends without its artifact.</summary>
    public static bool EndsWithout(int trial) => trial % 6 == 4;

    /// <summary>What is to be said of a waiting trial now; nothing while its parent runs.</summary>
    public SweepCommand? CommandFor(int trial)
    {
        if (!_ends.TryGetValue(trial, out var end))
        {
            _ends[trial] = end = agenda.Now + agenda.Between(0, 30);
        }

        var (id, now) = (new CommandId(agenda.DrawId()), agenda.Now);
        if (end > now)
        {
            return null;
        }

        var model = new ParentArtifact(new AttemptId("parent", trial, 1), "model", "00ff");
        return EndsWithout(trial)
            ? new SweepCommand.FailWaitingTrial(id, now, trial, $"trial {trial} of parent diverged")
            : new SweepCommand.ReleaseTrial(id, now, trial, model);
    }
}
