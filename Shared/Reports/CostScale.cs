using System.Collections.Immutable;
using Shared.Metrics;

namespace Shared.Reports;

/// <summary>What a trial had cost by each update: straight lines between the updates at which it was measured.</summary>
/// <param name="steps">Numbers of finished updates, ascending, from 0 on.</param>
/// <param name="costs">What had been spent by then, ascending, from 0 on; finite.</param>
internal sealed class CostScale(ImmutableArray<int> steps, ImmutableArray<double> costs)
{
    /// <summary>Gradients of the energy that a trial's chains had taken, each chain counted for itself.</summary>
    public static CostScale Evaluations(TrialResult trial) => Of(
        trial.Curves.Of(SamplingMetrics.GradientEvaluations.Name),
        (point, _, _) => point.Value);

    /// <summary>Seconds of training, evaluations not counted: updates by updates a second, summed.</summary>
    public static CostScale Seconds(TrialResult trial) => Of(
        trial.Curves.Of(TrainingMetrics.UpdatesPerSecond.Name),
        (point, lastStep, lastCost) => lastCost + ((point.Step - lastStep) / point.Value));

    /// <summary>The cost by an update; nothing beyond the last one that was measured.</summary>
    public double? At(int step)
    {
        var at = steps.BinarySearch(step);
        if (at >= 0)
        {
            return costs[at];
        }

        var next = ~at;
        if (next == 0 || next == steps.Length)
        {
            return null;
        }

        var share = (step - steps[next - 1]) / (double)(steps[next] - steps[next - 1]);
        return costs[next - 1] + (share * (costs[next] - costs[next - 1]));
    }

    /// <summary>A point that is no cost, or at an update that was measured already, is left out.</summary>
    private static CostScale Of(ImmutableArray<CurvePoint> points, Func<CurvePoint, int, double, double> costOf)
    {
        var steps = ImmutableArray.CreateBuilder<int>(points.Length + 1);
        var costs = ImmutableArray.CreateBuilder<double>(points.Length + 1);
        steps.Add(0);
        costs.Add(0);
        foreach (var point in points)
        {
            var cost = costOf(point, steps[^1], costs[^1]);
            if (point.Step > steps[^1] && double.IsFinite(cost) && cost >= costs[^1])
            {
                steps.Add(point.Step);
                costs.Add(cost);
            }
        }

        return new CostScale(steps.ToImmutable(), costs.ToImmutable());
    }
}
