using System.Runtime.Serialization;
using System.Text.Json;
using Akka.Actor;
using Engine.Akka.Wire;
using Shared.Engine;
using Shared.Sweeps;
using Tests.Shared.Sweeps;

namespace Tests.EngineAkka;

/// <summary>What travels: under names of our own, in pieces, and read as it was sent.</summary>
public sealed class WireTests : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("wire");

    private WireSerializer Wire => new((ExtendedActorSystem)_system);

    private HistorySerializer History => new((ExtendedActorSystem)_system);

    public void Dispose() => _system.Terminate().GetAwaiter().GetResult();

    [Fact]
    public void Every_request_is_read_as_it_was_sent()
    {
        Request[] requests =
        [
            new Request.Submit(new Submission(Given.Id(1), "demo", Given.Plan(2), Given.Program, true, 3, true)),
            new Request.Renew([Given.Attempt(1), Given.Attempt(2, 7)]),
            new Request.Lose(null, ExpiredToo: true),
            new Request.Lose("demo", ExpiredToo: false),
            new Request.Describe(),
            new Request.Send("demo", Given.Claim(2)),
            new Request.Send("demo", Given.Finish(3, Given.Attempt(1), AttemptOutcome.Failed) with { Updates = 4 }),
            new Request.Send("demo", Given.Lose(4, Given.Attempt(1))),
            new Request.Send("demo", Given.HandBack(5, Given.Attempt(1))),
            new Request.Send("demo", Given.Checkpoint(6, Given.Attempt(1), update: 40, lastBatch: 2)),
            new Request.Send("demo", new SweepCommand.PauseSweep(Given.Id(7), Given.At(7), Now: true)),
            new Request.Send("demo", new SweepCommand.ResumeSweep(Given.Id(8), Given.At(8))),
            new Request.Send("demo", new SweepCommand.CancelSweep(Given.Id(9), Given.At(9))),
            new Request.Send("demo", new SweepCommand.CancelTrial(Given.Id(10), Given.At(10), 2)),
            new Request.Send("demo", new SweepCommand.RetryTrial(Given.Id(11), Given.At(11), 2)),
            new Request.Send("demo", new SweepCommand.ChangePriority(Given.Id(12), Given.At(12), -5)),
            new Request.Send("demo", new SweepCommand.ChangeLimits(
                Given.Id(13), Given.At(13), new SweepLimits(3, TimeSpan.FromDays(3)))),
            new Request.Send("demo", new SweepCommand.ExtendSweep(Given.Id(14), Given.At(14), Given.Addition(3, 6))),
            new Request.Send("demo", new SweepCommand.FailWaitingTrial(Given.Id(15), Given.At(15), 1, "gone")),
        ];
        foreach (var request in requests)
        {
            var shelf = new ParcelShelf();
            var (read, _) = Parcel.Of(request, Guid.Empty).Select(Through).Select(shelf.Take).Last();

            Json(read!).ShouldBe(Json(request));
            read.ShouldBeOfType(request.GetType());
        }
    }

    [Fact]
    public void Every_kind_of_command_has_a_spelling()
    {
        var spelled = typeof(SweepCommand)
            .GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), inherit: false)
            .Cast<System.Text.Json.Serialization.JsonDerivedTypeAttribute>()
            .Select(attribute => attribute.DerivedType);
        spelled.ShouldBe(typeof(SweepCommand).GetNestedTypes(), ignoreOrder: true);
    }

    [Fact]
    public void Every_reply_is_read_as_it_was_sent()
    {
        Reply[] replies =
        [
            new Reply.Named("demo"), new Reply.Blocked("demo", ["seed"]), new Reply.Accepted(IsRepeat: true),
            new Reply.Rejected(Rejection.NotYet), new Reply.Attempts([Given.Attempt(1)]), new Reply.Taken(),
            new Reply.NotYet("soon"), new Reply.Silent("busy"), new Reply.Unusable("old"),
            new Reply.Description(new ClusterView(
                "a", Given.At(1), [new MemberView("a", ["coordinator"], "up", true)], ["demo"])),
        ];
        foreach (var reply in replies)
        {
            var bytes = Wire.ToBinary(reply);
            Json((Reply)Wire.FromBinary(bytes, Wire.Manifest(reply))).ShouldBe(Json(reply));
        }
    }

    [Fact]
    public void A_request_that_is_longer_than_a_message_may_be_travels_in_pieces_that_are_not()
    {
        var log = new string('x', 300_000);
        var request = new Request.Send("demo", Given.Lose(1, Given.Attempt(1)) with { LogTail = log });
        var parcels = Parcel.Of(request, Guid.NewGuid());
        var shelf = new ParcelShelf();

        var taken = parcels.Select(Through).Select(shelf.Take).ToList();

        parcels.Select(parcel => Wire.ToBinary(parcel).Length).ShouldAllBe(length => length <= WireSerializer.Limit);
        taken.Count.ShouldBeGreaterThan(6);
        taken.SkipLast(1).ShouldAllBe(t => t.Request == null && t.Reply is Reply.Taken);
        var sent = (Request.Send)taken[^1].Request!;
        ((SweepCommand.LoseAttempt)sent.Command).LogTail.ShouldBe(log);
    }

    [Fact]
    public void A_request_of_which_a_piece_was_lost_is_asked_for_again()
    {
        var request = new Request.Send("demo", Given.Lose(1, Given.Attempt(1)) with { LogTail = new string('x', 90_000) });
        var parcels = Parcel.Of(request, Guid.NewGuid());
        var shelf = new ParcelShelf();

        shelf.Take(parcels[^1]).Reply.ShouldBeOfType<Reply.NotYet>();
    }

    [Fact]
    public void What_is_begun_and_never_completed_gives_way()
    {
        var shelf = new ParcelShelf();
        var first = Parcel.Of(Long(), Guid.NewGuid());
        shelf.Take(first[0]);
        for (var i = 0; i < 32; i++)
        {
            shelf.Take(Parcel.Of(Long(), Guid.NewGuid())[0]);
        }

        shelf.Take(first[1]).Reply.ShouldBeOfType<Reply.NotYet>();

        static Request Long() =>
            new Request.Send("demo", Given.Lose(1, Given.Attempt(1)) with { LogTail = new string('x', 60_000) });
    }

    [Fact]
    public void What_is_too_long_or_unknown_neither_travels_nor_is_read()
    {
        Should.Throw<SerializationException>(() => Wire.ToBinary(new Reply.Silent(new string('x', 70_000))));
        Should.Throw<SerializationException>(() => Wire.FromBinary([1, 2, 3], "parcel.2"));
        Should.Throw<SerializationException>(() => Wire.FromBinary(new byte[24], "parcel.1"));
        Should.Throw<SerializationException>(() => Wire.Manifest("text"));
        Should.Throw<ArgumentException>(() => Parcel.Of(
            new Request.Send("demo", Given.Lose(1, Given.Attempt(1)) with { LogTail = new string('x', 50_000_000) }),
            Guid.Empty));
    }

    [Fact]
    public void A_state_is_the_same_after_it_was_a_snapshot()
    {
        SweepCommand[] commands =
        [
            Given.Claim(2), Given.Checkpoint(3, Given.Attempt(1), update: 40),
            Given.Finish(4, Given.Attempt(1), AttemptOutcome.Failed), Given.Claim(5, "w2"),
            Given.Finish(6, Given.Attempt(2)), new SweepCommand.ChangePriority(Given.Id(7), Given.At(7), 5),
            new SweepCommand.ChangeLimits(Given.Id(8), Given.At(8), new SweepLimits(3, TimeSpan.FromDays(3))),
        ];
        var state = commands.Aggregate(
            Given.Sweep(3, retries: 1),
            (before, command) => Deciding.Decide(before, command, command.At, (_, _) => true).Next);
        var bytes = History.ToBinary(state);

        var read = (SweepState)History.FromBinary(bytes, History.Manifest(state));

        Contracts.StateJson.Of(read).ShouldBe(Contracts.StateJson.Of(state));
        read.Answers.Keys.ShouldBe(state.Answers.Keys, ignoreOrder: true);
        History.FromBinary(bytes, "state.0").ShouldBeOfType<StaleSnapshot>();
    }

    private Parcel Through(Parcel parcel) =>
        (Parcel)Wire.FromBinary(Wire.ToBinary(parcel), Wire.Manifest(parcel));

    private static string Json(Request request) => JsonSerializer.Serialize(request, SweepEventJson.Options);

    private static string Json(Reply reply) => JsonSerializer.Serialize(reply, SweepEventJson.Options);
}
