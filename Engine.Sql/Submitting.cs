using System.Collections.Immutable;
using System.Diagnostics;
using Shared.Engine;
using Shared.Sweeps;

namespace Engine.Sql;

/// <summary>How a submission becomes a sweep.</summary>
internal static class Submitting
{
    /// <summary>Submits a sweep under a free name, unless an unfinished one stands in its way.</summary>
    public static SubmitReply Submit(StoreTransaction transaction, Submission submission)
    {
        var (reply, command) = Decide(transaction, submission);
        if (command is not null)
        {
            transaction.Submit(submission.Name, command);
        }

        return reply;
    }

    /// <summary>Decides a submission against the sweeps that are there.</summary>
    public static (SubmitReply Reply, SweepCommand.Submit? Command) Decide(
        StoreTransaction transaction, Submission submission)
    {
        var session = transaction.Session;
        return Decide(
            submission,
            SweepTable.SubmittedBy(session, submission.Id),
            SweepTable.Namesakes(session, submission.Name),
            SweepTable.Names(session),
            transaction.Now);
    }

    /// <summary>Decides a submission; the same for every database.</summary>
    /// <param name="submission">As its sender gave it.</param>
    /// <param name="earlier">The sweep that this very submission made before, if it did.</param>
    /// <param name="namesakes">The sweeps of the same file name, oldest first.</param>
    /// <param name="taken">Every name that a sweep of the store has.</param>
    /// <param name="now">The store's time.</param>
    /// <returns>The answer, and the command to carry out before it is given, if there is one.</returns>
    public static (SubmitReply Reply, SweepCommand.Submit? Command) Decide(
        Submission submission,
        string? earlier,
        ImmutableArray<Namesake> namesakes,
        IReadOnlySet<string> taken,
        DateTimeOffset now)
    {
        if (earlier is not null)
        {
            // The same submission again: the first answer stands.
            return (new SubmitReply.Submitted(earlier), null);
        }

        var naming = SweepNaming.Decide(
            submission.Name,
            submission.Plan.Spec,
            submission.Program,
            submission.BesideUnfinished,
            namesakes,
            taken);
        return naming switch
        {
            NamingDecision.Blocked blocked => (
                new SubmitReply.Unfinished(blocked.Sweep, blocked.ChangedKeys), null),
            NamingDecision.Free free => (
                new SubmitReply.Submitted(free.Name),
                submission.Command(free.Name, now)),
            _ => throw new UnreachableException($"naming {naming.GetType().Name}"),
        };
    }
}
