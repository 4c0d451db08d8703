using System.Collections.Immutable;
using System.Globalization;
using Shared.Experiments;
using Shared.Metrics;

namespace Shared.Sweeps;

/// <summary>Gives an evaluation the configurations, replicates and data of the sweep that it measures.</summary>
/// <remarks>
/// One trial for each trial of that sweep that has completed or has not ended: the latter is waited for. A trial
/// that ended without a model gets none. What is there at submission is fixed, so that an extension of the
/// measured sweep changes nothing.
/// </remarks>
public static class EvaluationPlan
{
    internal const string HeldOutClass = "training.held_out_class";

    /// <summary>The plan with its trials.</summary>
    /// <param name="plan">The plan of the evaluation's file.</param>
    /// <param name="experiment">The declaration of the evaluation.</param>
    /// <param name="parent">The sweep of the name that it gives, or nothing where the store has none.</param>
    /// <param name="catalog">Knows what the parent's experiment is.</param>
    public static EvaluationPlanResult Of(
        SweepPlan plan, ExperimentDeclaration experiment, SweepState? parent, ExperimentCatalog catalog)
    {
        var from = plan.From!;
        if (parent?.Plan is not { } measured)
        {
            return Refuse($"there is no sweep {from.Sweep} in the store");
        }

        if (WhyNot(from, parent, catalog) is { } reason)
        {
            return Refuse(reason);
        }

        var configuration = plan.Configurations.Single();
        if (experiment.WhyNotOn(configuration.Resolved, ModelsOf(measured, catalog)) is { } unfit)
        {
            return Refuse($"{from.Sweep} is a sweep of {measured.Experiment}, {unfit}");
        }

        ImmutableArray<TrialState> trials = [.. parent.Trials.Where(t => IsMeasured(t, from))];
        var used = trials.Select(t => t.Configuration).ToHashSet(StringComparer.Ordinal);
        var beside = experiment.DataBeside(configuration.Resolved, measured.Data);
        return new EvaluationPlanResult.Planned(plan with
        {
            Data = measured.Data,
            DataBeside = beside.Count == 0 ? null : new DataBeside([.. beside]),
            Swept = measured.Swept,
            Configurations =
            [
                .. measured.Configurations.Where(c => used.Contains(c.Id))
                    .Select(c => c with { Resolved = configuration.Resolved }),
            ],
            Trials = [.. trials.Select((t, i) => new PlannedTrial(i + 1, t.Configuration, t.Replicate)
            {
                Follows = t.Number,
            })],
        });
    }

    /// <summary>What an evaluation needs to know of a sweep's models.</summary>
    /// <param name="measured">The plan of the sweep.</param>
    /// <param name="catalog">Knows what its experiment is.</param>
    public static MeasuredSweep ModelsOf(SweepPlan measured, ExperimentCatalog catalog) => new(
        measured.Data,
        catalog.Find(measured.Experiment) is { } experiment
            && experiment.Metrics.Contains(TrainingMetrics.Accuracy))
    {
        HoldsClassOut = measured.Configurations.All(
            c => c.Resolved.GetValueOrDefault(HeldOutClass, ParameterType.Optional.None)
                != ParameterType.Optional.None),
    };

    private static string? WhyNot(ParentSweep from, SweepState parent, ExperimentCatalog catalog)
    {
        if (catalog.Find(parent.Plan!.Experiment) is not { IsEvaluation: false })
        {
            return $"{from.Sweep} is a sweep of {parent.Plan.Experiment}, whose trials leave no model";
        }

        if (from.Trial is { } number && number > parent.Trials.Length)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{from.Sweep} has the trials 1 to {parent.Trials.Length}, and no trial {number}");
        }

        return parent.Trials.Any(t => IsMeasured(t, from)) ? null
            : from.Trial is { } one
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"trial {one} of {from.Sweep} ended {Outcome(parent.Trial(one))}, without a model")
                : $"no trial of {from.Sweep} has completed or can still complete, so that there is no model";
    }

    private static bool IsMeasured(TrialState trial, ParentSweep from) =>
        trial.Outcome is null or Sweeps.Outcome.Completed && (from.Trial ?? trial.Number) == trial.Number;

    private static string Outcome(TrialState trial) => $"{trial.Outcome}".ToLowerInvariant();

    private static EvaluationPlanResult Refuse(string reason) =>
        new EvaluationPlanResult.Refused($"from.sweep: {reason}");
}

/// <summary>Whether an evaluation has something to measure.</summary>
public abstract record EvaluationPlanResult
{
    private EvaluationPlanResult()
    {
    }

    /// <summary>It has.</summary>
    /// <param name="Plan">The plan with its trials.</param>
    public sealed record Planned(SweepPlan Plan) : EvaluationPlanResult;

    /// <summary>It has not.</summary>
    /// <param name="Reason">One sentence without its stop.</param>
    public sealed record Refused(string Reason) : EvaluationPlanResult;
}
