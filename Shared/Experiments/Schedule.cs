namespace Shared.Experiments;

/// <summary>A value for each step t = 0 … T−1 of a chain.</summary>
/// <remarks>
/// Written as a number when constant, as <c>{schedule: geometric, start: 20, end: 2}</c> otherwise; every
/// form but the constant may add <c>ends: left</c> or <c>ends: right</c>.
/// </remarks>
public abstract record Schedule
{
    private Schedule()
    {
    }

    /// <summary>The value at a step.</summary>
    /// <param name="step">t, from 0.</param>
    /// <param name="steps">T, at least 1.</param>
    public abstract double At(int step, int steps);

    // r, how far step t of T has come.
    private static double Progress(int step, int steps, ScheduleEnds ends) => (steps, ends) switch
    {
        (1, _) => 0,
        (_, ScheduleEnds.Inclusive) => step / (steps - 1.0),
        (_, ScheduleEnds.Left) => step / (double)steps,
        (_, ScheduleEnds.Right) => (step + 1) / (double)steps,
        _ => throw new ArgumentOutOfRangeException(nameof(ends)),
    };

    /// <summary>The same value at every step.</summary>
    /// <param name="Value">In the units of the parameter.</param>
    [ScheduleFormula("value")]
    public sealed record Constant(double Value) : Schedule
    {
        /// <inheritdoc/>
        public override double At(int step, int steps) => Value;
    }

    /// <summary>start + (end − start) · r.</summary>
    /// <param name="Start">Value at r = 0.</param>
    /// <param name="End">Value at r = 1.</param>
    /// <param name="Ends">What r is.</param>
    /// <remarks>
    /// From σ to 0 with <see cref="ScheduleEnds.Right"/> it is σ·(T−1−t)/T, the falling noise of Du et al.
    /// 2021.
    /// </remarks>
    [ScheduleFormula("start + (end − start) · r")]
    public sealed record Linear(double Start, double End, ScheduleEnds Ends = ScheduleEnds.Inclusive)
        : Schedule
    {
        /// <inheritdoc/>
        public override double At(int step, int steps) =>
            Start + ((End - Start) * Progress(step, steps, Ends));
    }

    /// <summary>start · (end/start)^r: equal ratios from step to step.</summary>
    /// <param name="Start">Value at r = 0, above zero.</param>
    /// <param name="End">Value at r = 1, above zero.</param>
    /// <param name="Ends">What r is.</param>
    [ScheduleFormula("start · (end / start)^r")]
    public sealed record Geometric(
        [property: Range(0, double.MaxValue, ExclusiveMinimum = true)] double Start,
        [property: Range(0, double.MaxValue, ExclusiveMinimum = true)] double End,
        ScheduleEnds Ends = ScheduleEnds.Inclusive)
        : Schedule
    {
        /// <inheritdoc/>
        public override double At(int step, int steps) =>
            Start * Math.Pow(End / Start, Progress(step, steps, Ends));
    }

    /// <summary>end + (start − end) · (1 + cos πr)/2: flat at both ends.</summary>
    /// <param name="Start">Value at r = 0.</param>
    /// <param name="End">Value at r = 1.</param>
    /// <param name="Ends">What r is.</param>
    [ScheduleFormula("end + (start − end) · (1 + cos πr) / 2")]
    public sealed record Cosine(double Start, double End, ScheduleEnds Ends = ScheduleEnds.Inclusive)
        : Schedule
    {
        /// <inheritdoc/>
        public override double At(int step, int steps) =>
            End + ((Start - End) * (1 + Math.Cos(Math.PI * Progress(step, steps, Ends))) / 2);
    }

    /// <summary>end + (start − end) · (1 − r)^power.</summary>
    /// <param name="Start">Value at r = 0.</param>
    /// <param name="End">Value at r = 1.</param>
    /// <param name="Power">The exponent; 1 is the linear form, larger ones fall sooner.</param>
    /// <param name="Ends">What r is.</param>
    [ScheduleFormula("end + (start − end) · (1 − r)^power")]
    public sealed record Polynomial(
        double Start,
        double End,
        [property: PureNumber]
        [property: Range(0, 100, ExclusiveMinimum = true)]
        double Power,
        ScheduleEnds Ends = ScheduleEnds.Inclusive)
        : Schedule
    {
        /// <inheritdoc/>
        public override double At(int step, int steps) =>
            End + ((Start - End) * Math.Pow(1 - Progress(step, steps, Ends), Power));
    }
}

/// <summary>
/// Which ends of a schedule a chain of T steps uses: what the progress r of step t = 0 … T−1 is. A chain of
/// one step has r = 0 always.
/// </summary>
public enum ScheduleEnds
{
    /// <summary>r = t/(T−1): both ends are used.</summary>
    Inclusive,

    /// <summary>r = t/T: the end is never reached.</summary>
    Left,

    /// <summary>r = (t+1)/T: the start is never used.</summary>
    Right,
}

/// <summary>How a form of schedule follows from its numbers and the progress r, for the docs.</summary>
/// <param name="formula">In the keys of the form and r.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ScheduleFormulaAttribute(string formula) : Attribute
{
    /// <summary>In the keys of the form and r.</summary>
    public string Formula { get; } = formula;
}

/// <summary>
/// A number of a schedule that is not in the units of the parameter: the parameter's range is not for it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PureNumberAttribute : Attribute;
