using System.Globalization;
using Shared.Experiments;
using Training.Checkpoints;
using Training.Experiments;

namespace Training.Objectives;

/// <summary>
/// Judges the updates of one trial, in order; it decides by the numbers that it is given alone.
/// </summary>
/// <param name="rules">Which rules there are, and their limits.</param>
public sealed class DivergenceDetector(DetectorParameters rules) : ICheckpointed
{
    private readonly RunningMad _gaps = new();
    private int _beyond;

    /// <summary>Whether a rule asks where chains ended, so that it is worth measuring.</summary>
    public bool WatchesChains => rules.Saturation is not null || rules.FrozenChains is not null;

    /// <inheritdoc/>
    public string Section => "detector";

    /// <inheritdoc/>
    public void Save(BinaryWriter to)
    {
        to.Write(_beyond);
        _gaps.Save(to);
    }

    /// <inheritdoc/>
    public void Load(BinaryReader from)
    {
        _beyond = from.ReadInt32();
        _gaps.Load(from);
    }

    /// <summary>Judges one update; nothing when all is well.</summary>
    /// <param name="update">From 1.</param>
    /// <param name="terms">The loss of that update.</param>
    /// <param name="saturation">
    /// Share of the negatives' entries on the box; nothing where it was not measured.
    /// </param>
    /// <param name="displacement">
    /// Mean |x_T − x_0| of the chains' entries as a share of the box's width; nothing where it was not
    /// measured.
    /// </param>
    /// <returns>The end of the trial; its reason names the rule, the value and the update.</returns>
    public TrialEnd.Diverged? Judge(
        int update, LossTerms terms, double? saturation = null, double? displacement = null)
    {
        var energy = Math.Max(terms.Data.MeanAbsolute, terms.Samples.MeanAbsolute);
        if (!double.IsFinite(terms.Value) || !double.IsFinite(energy))
        {
            return new TrialEnd.Diverged(
                update,
                $"non-finite: the loss of update {update} is {Text(terms.Value)}, "
                + $"its mean |E| {Text(energy)}");
        }

        if (energy > rules.EnergyLimit)
        {
            return Above(update, "detector.energy_limit", "the mean |E|", energy, rules.EnergyLimit);
        }

        if (saturation > rules.Saturation)
        {
            return Above(
                update, "detector.saturation", "the share of saturated entries", saturation.Value,
                rules.Saturation.Value);
        }

        return displacement < rules.FrozenChains
            ? new TrialEnd.Diverged(
                update,
                $"detector.frozen_chains: the chains of update {update} moved {Text(displacement.Value)} "
                + $"of the box, less than {Text(rules.FrozenChains.Value)}")
            : JudgeGap(update, terms.Gap);
    }

    /// <summary>
    /// A gap beyond the limit does not enter the window: the run is compared with its health.
    /// </summary>
    private TrialEnd.Diverged? JudgeGap(int update, double gap)
    {
        if (rules.GapMad is not { } limit)
        {
            return null;
        }

        if (_gaps.Distance(gap) is not { } distance || distance <= limit)
        {
            _gaps.Add(gap);
            _beyond = 0;
            return null;
        }

        return ++_beyond < rules.GapUpdates
            ? null
            : new TrialEnd.Diverged(
                update,
                $"detector.gap_mad: the gap of update {update} is {Text(gap)}, {Text(distance)} running MADs "
                + $"from its median, above {Text(limit)} for {rules.GapUpdates} updates in a row");
    }

    private static TrialEnd.Diverged Above(
        int update, string rule, string what, double value, double limit) =>
        new(update, $"{rule}: {what} of update {update} is {Text(value)}, above {Text(limit)}");

    private static string Text(double value) => value.ToString("g4", CultureInfo.InvariantCulture);
}
