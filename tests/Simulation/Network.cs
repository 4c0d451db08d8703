namespace Tests.Simulation;

/// <summary>
/// What becomes of calls to the store: they take a while, get lost, come twice, late, or go unanswered.
/// </summary>
internal sealed class Network(World world)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private Agenda Agenda => world.Agenda;

    /// <summary>Sends one request; exactly one of the two ends follows.</summary>
    /// <param name="delay">How long the sender holds it back.</param>
    /// <param name="isCutOff">Whether the sender and the store do not reach each other now.</param>
    /// <param name="mayComeLater">
    /// Whether it may reach the store twice, or after it was given up. A judgement or a renewal may not: it
    /// ends with its connection, or it would be a race of one call that no shell can see.
    /// </param>
    /// <param name="carryOut">What the store does, and its answer.</param>
    /// <param name="carryOutLate">What the store does when the request comes a second time, or late.</param>
    /// <param name="answered">The answer arrives.</param>
    /// <param name="unanswered">No answer arrives.</param>
    public void Call<TAnswer>(
        TimeSpan delay,
        Func<bool> isCutOff,
        bool mayComeLater,
        Func<TAnswer> carryOut,
        Action carryOutLate,
        Action<TAnswer> answered,
        Action unanswered)
    {
        var latency = delay
            + (Agenda.Draw() < 0.02 ? Agenda.Between(0.05, 2) : Agenda.Between(0.001, 0.05));
        if (Happens(world.Troubles.LostRequests, Fault.LostRequest))
        {
            Agenda.After(latency + Patience, unanswered);
            return;
        }

        if (mayComeLater && Happens(world.Troubles.LateRequests, Fault.LateRequest))
        {
            Agenda.After(latency + Patience, unanswered);
            Later(isCutOff, carryOutLate);
            return;
        }

        if (mayComeLater && Happens(world.Troubles.Duplicates, Fault.DuplicateRequest))
        {
            Later(isCutOff, carryOutLate);
        }

        Agenda.After(latency, () => Arrive(isCutOff, carryOut, answered, unanswered));
    }

    private void Arrive<TAnswer>(
        Func<bool> isCutOff, Func<TAnswer> carryOut, Action<TAnswer> answered, Action unanswered)
    {
        if (world.IsStoreSilent || isCutOff())
        {
            Agenda.After(Agenda.Between(0, 1), unanswered);
            return;
        }

        var answer = carryOut();
        var isLost = Happens(world.Troubles.LostAnswers, Fault.LostAnswer);
        Agenda.After(Agenda.Between(0.001, 0.02), isLost ? unanswered : () => answered(answer));
    }

    private void Later(Func<bool> isCutOff, Action carryOutLate) =>
        Agenda.After(Agenda.Between(0, 30), () =>
        {
            if (!world.IsStoreSilent && !isCutOff())
            {
                carryOutLate();
            }
        });

    private bool Happens(double share, Fault fault)
    {
        var happens = world.IsSeason && Agenda.Draw() < share;
        if (happens)
        {
            world.Tally.Add(fault);
        }

        return happens;
    }
}
