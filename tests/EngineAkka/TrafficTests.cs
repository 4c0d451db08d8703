using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Serialization;
using Engine.Akka;
using Engine.Akka.Nodes;
using Engine.Sql;
using Shared.Engine;
using Tests.Contracts;
using Tests.Shared.Sweeps;

namespace Tests.EngineAkka;

/// <summary>What every message between actors is, as if each were in a process of its own.</summary>
public sealed class AkkaSerializingTests : CommandContract
{
    protected override IEngineStore MakeStore() => new AkkaFile
    {
        Extra = $$"""
            akka.actor {
              serialize-messages = on
              serializers.strict = "{{typeof(StrictSerializer).AssemblyQualifiedName}}"
              serialization-bindings { "System.Object" = strict }
            }
            """,
    };
}

/// <summary>
/// Carries Akka.NET's own messages by reference, of which many never leave a process, and refuses ours: they must
/// have their serialiser, or be marked as local.
/// </summary>
public sealed class StrictSerializer(ExtendedActorSystem system) : Serializer(system)
{
    // Of the process: Akka.NET may write with one instance and read with another.
    private static readonly ConcurrentDictionary<int, object> Carried = [];
    private static int _last;

    public override int Identifier => 9_001;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj)
    {
        if (obj.GetType().FullName!.StartsWith("Engine.", StringComparison.Ordinal)
            || obj.GetType().FullName!.StartsWith("Shared.", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{obj.GetType()} has no serialiser");
        }

        var number = Interlocked.Increment(ref _last);
        Carried[number] = obj;
        return BitConverter.GetBytes(number);
    }

    // Kept, because Akka.NET may read a message twice.
    public override object FromBinary(byte[] bytes, Type type) => Carried[BitConverter.ToInt32(bytes)];
}

/// <summary>What a command from outside sends and hears, byte by byte.</summary>
public sealed class TrafficTests
{
    [Fact]
    public async Task Captured_traffic_of_a_command_holds_our_requests_and_no_name_of_a_type()
    {
        await using var wiretap = new Wiretap();
        var settings = TestCluster.Settings();
        settings = settings with { Seeds = [new SeedAddress("127.0.0.1", wiretap.Port)] };
        wiretap.Forward(settings.Port);
        var file = new AkkaFile();
        var rows = await StoreOpening.OpenIndexedAsync(file.Address, StoreMode.Create, TimeProvider.System);
        await using var node = CoordinatorNode.Start(
            settings,
            TestCluster.Layers($"akka.remote.dot-netty.tcp.public-port = {wiretap.Port}"),
            JournalPlace.Of(file.Address),
            rows,
            TimeProvider.System);
        await using var engine = new AkkaEngine(
            (await StoreOpening.OpenIndexedAsync(file.Address, StoreMode.Existing, TimeProvider.System)).Store,
            new ClientLink(() => (
                settings with { Role = NodeRole.Client, Port = 0 }, TestCluster.Layers("", NodeRole.Client))));

        await engine.SubmitAsync(
            new Submission(Given.Id(1), "demo", Given.Plan(3), Given.Program, BesideUnfinished: false), default);
        await engine.SendAsync("demo", Given.Claim(2), default);
        await engine.DescribeAsync(default);

        var text = System.Text.Encoding.Latin1.GetString(wiretap.Heard);
        text.ShouldContain("\"request\":\"submit\"");
        text.ShouldContain("\"reply\":\"accepted\"");
        TypeNames.In(wiretap.Heard).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_command_that_nobody_answers_ends_in_time_with_one_sentence()
    {
        var settings = TestCluster.Settings() with
        {
            Role = NodeRole.Client,
            Port = 0,
            AnswerLimit = TimeSpan.FromSeconds(2),
        };
        await using var link = new ClientLink(() => (settings, TestCluster.Layers("", NodeRole.Client)));

        var silence = await Should.ThrowAsync<StoreUnreachableException>(
            () => link.AskAsync(new Engine.Akka.Wire.Request.Describe(), default));

        silence.Message.ShouldBe(
            $"no coordinator answered within 2 s at {settings.Seeds[0]}: ./sweep coordinator starts one there");
    }

    /// <summary>Passes everything on between whoever connects and a port, and keeps it.</summary>
    private sealed class Wiretap : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly MemoryStream _heard = new();

        public Wiretap() => _listener.Start();

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public byte[] Heard
        {
            get
            {
                lock (_heard)
                {
                    return _heard.ToArray();
                }
            }
        }

        public void Forward(int port) => _ = AcceptAsync(port);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _listener.Stop();
            _stop.Dispose();
        }

        private async Task AcceptAsync(int port)
        {
            while (!_stop.IsCancellationRequested)
            {
                var near = await _listener.AcceptTcpClientAsync(_stop.Token);
                var far = new TcpClient();
                await far.ConnectAsync(IPAddress.Loopback, port, _stop.Token);
                _ = PassAsync(near, far);
                _ = PassAsync(far, near);
            }
        }

        private async Task PassAsync(TcpClient from, TcpClient to)
        {
            var buffer = new byte[65_536];
            while (await from.GetStream().ReadAsync(buffer, _stop.Token) is > 0 and var length)
            {
                lock (_heard)
                {
                    _heard.Write(buffer, 0, length);
                }

                await to.GetStream().WriteAsync(buffer.AsMemory(0, length), _stop.Token);
            }

            to.Close();
        }
    }
}
