using Shared.Sweeps;

namespace Tests.Shared.Sweeps;

/// <summary>
/// A sweep that is led somewhere by commands: given these, when that command, then those events.
/// </summary>
internal sealed class Scenario
{
    private readonly List<SweepEvent> _history;

    private Scenario(SweepEvent first)
    {
        _history = [first];
        State = Sweep.Fold(_history);
    }

    public SweepState State { get; private set; }

    public IReadOnlyList<SweepEvent> History => _history;

    public static Scenario Submitted(int trials, int retries = 0) => new(Given.Submitted(trials, retries));

    /// <summary>A sweep whose trials wait for another one's.</summary>
    public static Scenario Waiting(int trials)
    {
        var submitted = Given.Submitted(trials);
        var from = new ParentSweep("parent", "model.safetensors");
        return new(submitted with { Plan = submitted.Plan with { From = from } });
    }

    /// <summary>A sweep of two trials that not every worker may run.</summary>
    public static Scenario Requiring(Requirements requirements)
    {
        var submitted = Given.Submitted(2);
        return new(submitted with { Plan = submitted.Plan with { Requirements = requirements } });
    }

    /// <summary>Carries out commands that must be accepted.</summary>
    public Scenario After(params SweepCommand[] commands)
    {
        foreach (var command in commands)
        {
            var accepted = Sweep.Decide(State, command).ShouldBeOfType<Decision.Accepted>(command.ToString());
            accepted.IsRepeat.ShouldBeFalse(command.ToString());
            _history.AddRange(accepted.Events);
            State = accepted.Events.Aggregate(State, Sweep.Evolve);
        }

        return this;
    }

    /// <summary>Checks which events a command makes, without carrying it out.</summary>
    public void When(SweepCommand command, params SweepEvent[] then)
    {
        var accepted = Sweep.Decide(State, command).ShouldBeOfType<Decision.Accepted>();
        Lines(accepted.Events).ShouldBe(Lines(then));
    }

    /// <summary>Checks why a command is rejected.</summary>
    public void When(SweepCommand command, Rejection then) =>
        Sweep.Decide(State, command).ShouldBe(new Decision.Rejected(then));

    private static string[] Lines(IEnumerable<SweepEvent> events) => [.. events.Select(SweepEventJson.Write)];
}
