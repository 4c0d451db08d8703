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
        if (SweepTable.SubmittedBy(transaction.Session, submission.Id) is { } earlier)
        {
            return new SubmitReply.Submitted(earlier);   // the same submission again: the first answer stands
        }

        var naming = SweepNaming.Decide(
            submission.Name,
            submission.Plan.Spec,
            submission.Program,
            submission.BesideUnfinished,
            SweepTable.Namesakes(transaction.Session, submission.Name),
            SweepTable.Names(transaction.Session));
        return naming switch
        {
            NamingDecision.Blocked blocked => new SubmitReply.Unfinished(blocked.Sweep, blocked.ChangedKeys),
            NamingDecision.Free free => SubmitAs(transaction, submission, free.Name),
            _ => throw new UnreachableException($"naming {naming.GetType().Name}"),
        };
    }

    private static SubmitReply.Submitted SubmitAs(
        StoreTransaction transaction, Submission submission, string name)
    {
        transaction.Submit(
            submission.Name,
            new SweepCommand.Submit(submission.Id, transaction.Now, name, submission.Plan, submission.Program));
        return new SubmitReply.Submitted(name);
    }
}
