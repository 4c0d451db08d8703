using System.Globalization;
using System.Runtime.InteropServices;

namespace Bench.Timing;

/// <summary>What is timed.</summary>
internal enum Work
{
    /// <summary>One step of the Langevin chain, of the whole batch.</summary>
    Langevin,

    /// <summary>One update: positives, the chain, loss, backward pass, gradient clip, Adam.</summary>
    Training,
}

/// <summary>What a peer is asked to do once, while the others wait.</summary>
/// <param name="Work">What is timed.</param>
/// <param name="Batch">Chains, and as many positives.</param>
/// <param name="Steps">T, the number of steps of a chain.</param>
/// <param name="Repetitions">How many chains, or updates, one after the other.</param>
internal sealed record Round(Work Work, int Batch, int Steps, int Repetitions)
{
    /// <summary>How often the thing that is timed happens in the round.</summary>
    public int Units => Work is Work.Langevin ? Steps * Repetitions : Repetitions;

    /// <summary>The round as a line that a peer reads.</summary>
    public override string ToString() =>
        $"{(Work is Work.Langevin ? "langevin" : "training")} {Batch} {Steps} {Repetitions}";

    /// <summary>The round of a line.</summary>
    /// <exception cref="FormatException">The line is none.</exception>
    public static Round Parse(string line)
    {
        if (line.Split(' ') is not [var work and ("langevin" or "training"), var batch, var steps, var times])
        {
            throw new FormatException($"a round is WORK BATCH STEPS REPETITIONS, not '{line}'");
        }

        return new Round(
            work == "langevin" ? Work.Langevin : Work.Training,
            int.Parse(batch, CultureInfo.InvariantCulture),
            int.Parse(steps, CultureInfo.InvariantCulture),
            int.Parse(times, CultureInfo.InvariantCulture));
    }
}

/// <summary>Time that was taken.</summary>
/// <param name="Wall">Seconds on the clock.</param>
/// <param name="Processor">Seconds of processor time of the whole process.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Seconds(double Wall, double Processor)
{
    /// <summary>The time of one of several equal parts.</summary>
    public Seconds Over(int parts) => new(Wall / parts, Processor / parts);
}
