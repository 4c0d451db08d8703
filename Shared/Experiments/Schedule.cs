namespace Shared.Experiments;

/// <summary>A value for each step t = 0 … T−1 of a chain.</summary>
/// <remarks>
/// Written as a number when constant, as <c>{schedule: geometric, start: 20, end: 2}</c> otherwise.
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

    /// <summary>The same value at every step.</summary>
    /// <param name="Value">In the units of the parameter, above zero.</param>
    public sealed record Constant(double Value) : Schedule
    {
        /// <inheritdoc/>
        public override double At(int step, int steps) => Value;
    }

    /// <summary>
    /// start · (end/start)^r with the progress r = t/(T−1), so that both ends are used; r = 0 when T = 1.
    /// </summary>
    /// <param name="Start">Value at the first step, above zero.</param>
    /// <param name="End">Value at the last step, above zero.</param>
    public sealed record Geometric(double Start, double End) : Schedule
    {
        /// <inheritdoc/>
        public override double At(int step, int steps) =>
            steps == 1 ? Start : Start * Math.Pow(End / Start, step / (steps - 1.0));
    }
}
