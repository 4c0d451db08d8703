using Shared.Sweeps;

namespace Shared.Reports;

/// <summary>Where a trial is, in one word, the same in every table and file.</summary>
public static class TrialStatus
{
    /// <summary>Its outcome, or <c>running</c> or <c>waiting</c> before it has one.</summary>
    public static string Of(TrialState trial) => trial switch
    {
        { Outcome: { } outcome } => Spelling.Kebab(outcome),
        { Attempts: [.., { Outcome: null }] } => "running",
        _ => "waiting",
    };
}
