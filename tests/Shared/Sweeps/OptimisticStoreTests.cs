using System.Collections.Immutable;
using Shared.Sweeps;

namespace Tests.Shared.Sweeps;

/// <summary>
/// Processes that read, decide and append where nobody appended meanwhile, and otherwise begin again, do what
/// they would do one after another in some order.
/// </summary>
public sealed class OptimisticStoreTests
{
    private const int Seeds = 200;
    private const int CommandsOfEach = 25;

    [Fact]
    public void Whatever_the_interleaving_the_outcome_is_that_of_a_serial_order()
    {
        var collisions = 0;
        foreach (var seed in Enumerable.Range(1, Seeds))
        {
            var store = new Store(seed);
            var random = new Random(seed);
            var clients = new[] { new Client(store, seed), new Client(store, seed + Seeds) };
            while (clients.Any(c => c.Left > 0))
            {
                var client = clients[random.Next(clients.Length)];
                client.Step();
            }

            CheckSerial(store, seed);
            collisions += clients.Sum(c => c.Collisions);
        }

        collisions.ShouldBeGreaterThan(Seeds, "the clients do get in each other's way");
    }

    /// <summary>What was decided, decided again one after another.</summary>
    private static void CheckSerial(Store store, int seed)
    {
        var state = Sweep.Fold([store.History[0]]);
        var serial = new List<SweepEvent> { store.History[0] };

        // A refusal took place where its process read; an acceptance where it appended, on the same version.
        foreach (var done in store.Done.OrderBy(d => d.Version).ThenBy(d => d.Decision is Decision.Accepted))
        {
            var decision = Sweep.Decide(state, done.Command);
            Text(decision).ShouldBe(Text(done.Decision), $"seed {seed}, {done.Command}");
            if (decision is Decision.Accepted { IsRepeat: false } accepted)
            {
                serial.AddRange(accepted.Events);
                state = accepted.Events.Aggregate(state, Sweep.Evolve);
            }
        }

        serial.Select(SweepEventJson.Write)
            .ShouldBe(store.History.Select(SweepEventJson.Write), $"seed {seed}");
    }

    private static string Text(Decision decision) => decision is Decision.Accepted accepted
        ? $"{accepted.IsRepeat} {string.Concat(accepted.Events.Select(SweepEventJson.Write))}"
        : $"{decision}";

    private sealed record Done(long Version, SweepCommand Command, Decision Decision);

    /// <summary>Appends at an expected version, or not at all.</summary>
    private sealed class Store(int seed)
    {
        public List<SweepEvent> History { get; } = [Given.Submitted(4 + (seed % 5), retries: 1)];

        public List<Done> Done { get; } = [];

        public SweepState Read() => Sweep.Fold(History);

        public bool TryAppend(long expected, ImmutableArray<SweepEvent> events)
        {
            if (History.Count != expected)
            {
                return false;
            }

            History.AddRange(events);
            return true;
        }
    }

    /// <summary>A process that reads in one step and appends in the next.</summary>
    private sealed class Client(Store store, int seed)
    {
        private readonly RandomCommands _commands = new(seed);
        private SweepState? _read;
        private SweepCommand? _command;

        public int Left { get; private set; } = CommandsOfEach;

        public int Collisions { get; private set; }

        public void Step()
        {
            if (Left == 0)
            {
                return;
            }

            if (_read is null)
            {
                _read = store.Read();
                _command ??= _commands.Next(_read, (seed * CommandsOfEach) + Left);
                return;
            }

            Append(_read, _command!);
            _read = null;
        }

        private void Append(SweepState read, SweepCommand command)
        {
            var decision = Sweep.Decide(read, command);
            if (decision is Decision.Accepted { IsRepeat: false } accepted
                && !store.TryAppend(read.Version, accepted.Events))
            {
                Collisions++;
                return;   // the same command again, on what is there now
            }

            if (decision is Decision.Accepted { IsRepeat: false })
            {
                _commands.Accepted(command);
            }

            store.Done.Add(new Done(read.Version, command, decision));
            _command = null;
            Left--;
        }
    }
}
