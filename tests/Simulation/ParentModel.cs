using System.Collections.Immutable;
using Shared.Engine;
using Shared.Sweeps;
using Tests.Shared.Sweeps;

namespace Tests.Simulation;

/// <summary>
/// The sweep whose trials' artifacts another one's trials wait for: a sweep of the same store, which a box
/// that nothing disturbs runs in a simple way, one trial after the other begun, some of them in vain.
/// </summary>
internal sealed class ParentModel
{
    /// <summary>How many trials it has: as many as whoever follows it can gain.</summary>
    public const int Trials = 39;

    private const string Name = "parent";
    private const string Artifact = "model";

    private static readonly AttemptPlace Box = new("box", 1, 1);

    private readonly Agenda _agenda;
    private readonly Tally _tally;
    private readonly List<ArtifactEntry> _artifacts = [];
    private SweepState _state = SweepState.Initial;

    public ParentModel(Agenda agenda, Tally tally, SweepPlan plan)
    {
        (_agenda, _tally) = (agenda, tally);
        Send(new SweepCommand.Submit(Id(), agenda.Now, Name, plan with { Retries = 0 }, Given.Program));
        foreach (var trial in Enumerable.Range(1, Trials).Where(EndsCancelled))
        {
            _agenda.After(_agenda.Between(0, 30), () => Send(new SweepCommand.CancelTrial(Id(), Now, trial)));
        }

        Begin();
    }

    /// <summary>What the sweep that waits says of it.</summary>
    public static ParentSweep From { get; } = new(Name, Artifact);

    private DateTimeOffset Now => _agenda.Now;

    /// <summary>Whether a trial of it ends without its artifact.</summary>
    public static bool EndsWithout(int trial) => trial % 6 == 4;

    /// <summary>Trials that are added to the sweep that waits, each with the one that it follows.</summary>
    public ImmutableArray<PlannedTrial> Paired(ImmutableArray<PlannedTrial> trials) =>
        Pairing.OfExtension(_state.Plan! with { From = From, Trials = [] }, trials, _state) switch
        {
            PairingResult.Paired paired => paired.Trials,
            var other => throw new InvalidOperationException($"{other}"),
        };

    /// <summary>What is to be said of the trials that wait now.</summary>
    /// <param name="waiting">The sweep that waits.</param>
    /// <param name="isHasty">A mistake: an attempt that runs is taken for one that has left its artifact.</param>
    public IEnumerable<SweepCommand> CommandsFor(SweepState waiting, bool isHasty)
    {
        var verdicts = isHasty ? Hasty(waiting) : Following.Of(waiting, _state, [.. _artifacts]);
        return [.. verdicts.Select(verdict => verdict switch
        {
            FollowingVerdict.Release release =>
                (SweepCommand)new SweepCommand.ReleaseTrial(Id(), Now, release.Trial, release.Parent),
            FollowingVerdict.Fail fail =>
                new SweepCommand.FailWaitingTrial(Id(), Now, fail.Trial, fail.Reason),
            _ => throw new InvalidOperationException($"{verdict}"),
        })];
    }

    /// <summary>Whether an artifact is committed, of the last attempt at a trial that has ended.</summary>
    public bool IsLeft(ParentArtifact? artifact) => artifact is not null
        && _artifacts.Exists(a => a.Attempt == artifact.Attempt && a.Sha256 == artifact.Sha256)
        && _state.Trial(artifact.Attempt.Trial) is { Outcome: Outcome.Completed, Attempts: [.., var last] }
        && last.Id == artifact.Attempt;

    private static bool EndsCancelled(int trial) => trial % 18 == 10;

    private static bool EndsFailed(int trial) => trial % 18 == 16;

    private IEnumerable<FollowingVerdict> Hasty(SweepState waiting) =>
        from number in waiting.Blocked
        where _state.Running.ContainsKey(number)
        select new FollowingVerdict.Release(
            number, new ParentArtifact(_state.Running[number], Artifact, HashOf(_state.Running[number])));

    /// <summary>The next trial that waits begins, until none is left.</summary>
    private void Begin() => _agenda.After(_agenda.Between(0, 1.5), () =>
    {
        if (_state.IsEnded)
        {
            return;
        }

        var claim = new SweepCommand.ClaimTrials(Id(), Now, [Box], Given.Environment(), Offer: null);
        if (Send(claim) is Decision.Accepted { Events: [SweepEvent.AttemptStarted started] })
        {
            _agenda.After(_agenda.Between(0.5, 8), () => GoOn(started.Attempt));
        }

        Begin();
    });

    /// <summary>An attempt leaves its artifact, and ends later, or is lost in between.</summary>
    private void GoOn(AttemptId attempt)
    {
        if (EndsCancelled(attempt.Trial))
        {
            return;   // somebody ends it
        }

        if (EndsWithout(attempt.Trial))
        {
            End(attempt, EndsFailed(attempt.Trial) ? AttemptOutcome.Failed : AttemptOutcome.Diverged);
            return;
        }

        _artifacts.Add(new ArtifactEntry(attempt, Artifact, "x/y", HashOf(attempt), 1));
        var isLost = attempt.Number == 1 && _agenda.Draw() < 0.2;
        _agenda.After(_agenda.Between(0, 4), () =>
        {
            if (isLost)
            {
                _tally.Add(Sight.ParentArtifactOfLostAttempt);
                Send(new SweepCommand.LoseAttempt(Id(), Now, attempt, "its slot died", ""));
            }
            else
            {
                End(attempt, AttemptOutcome.Completed);
            }
        });
    }

    private void End(AttemptId attempt, AttemptOutcome outcome) => Send(new SweepCommand.FinishAttempt(
        Id(), Now, attempt, outcome, outcome is AttemptOutcome.Completed ? "" : "as it must", "", LastBatch: 0)
    {
        Updates = 1,
    });

    private Decision Send(SweepCommand command)
    {
        var decision = Sweep.Decide(_state, command);
        if (decision is Decision.Accepted accepted)
        {
            _state = accepted.Events.Aggregate(_state, Sweep.Evolve);
        }

        return decision;
    }

    private CommandId Id() => new(_agenda.DrawId());

    private static string HashOf(AttemptId attempt) => $"sha of {attempt}";
}
