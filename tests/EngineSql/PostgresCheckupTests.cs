using Engine.Sql;
using Engine.Sql.Migration;
using Engine.Sql.Postgres;
using Npgsql;
using Shared.Diagnosis;
using Shared.Engine;
using Tests.Postgres;

namespace Tests.EngineSql;

/// <summary>What <c>doctor</c> sees of a real server, over TLS and through a real pooler.</summary>
public sealed class PostgresCheckupTests : IClassFixture<PostgresCheckupTests.TlsCluster>
{
    private static readonly TimeSpan PoolerLimit = TimeSpan.FromSeconds(20);

    private readonly PostgresCluster _cluster;

    public PostgresCheckupTests(TlsCluster fixture) => _cluster = fixture.Cluster;

    private string Authority => $"&sslrootcert={_cluster.Folder}/ca.crt";

    [Fact]
    public async Task A_database_without_a_store_is_seen_as_it_is()
    {
        var database = await _cluster.CreateDatabaseAsync();
        var sight = await LookAsync(database, "localhost", "?sslmode=verify-full" + Authority);

        sight.Encryption.ShouldNotBeNull().ShouldStartWith("TLSv1.3 ");
        sight.ShouldSatisfyAllConditions(
            s => s.Trust.ShouldBe(ServerTrust.HostName),
            s => s.IsHere.ShouldBeTrue(),
            s => s.User.ShouldBe("postgres"),
            s => s.IsSuperuser.ShouldBeTrue(),
            s => s.Version.ShouldBeNull(),
            s => s.KeepsSessions.ShouldBeTrue(),
            s => s.Ahead.Duration().ShouldBeLessThan(TimeSpan.FromSeconds(1)),
            s => s.Store.ShouldNotContain(database.Login.Password));
    }

    [Fact]
    public async Task A_store_s_owner_has_its_rights_and_a_stranger_has_none()
    {
        var owner = await _cluster.CreateRoleAsync();
        var database = await _cluster.CreateDatabaseAsync(owner);
        await using (await PostgresEngine.OpenAsync(
            Connecting(database, "localhost", "?sslmode=require"), StoreMode.Create, null, default))
        {
            // It is made now.
        }

        var mine = await LookAsync(database, "localhost", "?sslmode=require");
        mine.Roles.ShouldBe(["sweep_owner", "sweep_user"]);
        mine.Version.ShouldBe(mine.KnownVersion);
        var stranger = await LookAsync(
            database.As(await _cluster.CreateRoleAsync()), "localhost", "?sslmode=require");
        stranger.Roles.ShouldBeEmpty();
        stranger.Version.ShouldBe("unknown");
    }

    [Fact]
    public async Task Whoever_holds_a_lock_of_the_store_for_too_long_is_seen_and_a_reader_is_not()
    {
        var database = await _cluster.CreateDatabaseAsync();
        var connecting = Connecting(database, "localhost", "?sslmode=require");
        await PostgresMigration.RunAsync(connecting, default);
        await using var reader = await connecting.OpenAsync(default);
        await using var reading = await reader.BeginTransactionAsync();
        await new NpgsqlCommand("SELECT count(*) FROM sweeps.sweep", reader).ExecuteScalarAsync();
        await using var holder = await connecting.OpenAsync(default);
        await using var holding = await holder.BeginTransactionAsync();
        await new NpgsqlCommand("SELECT count(*) FROM (SELECT FROM sweeps.sweep FOR UPDATE) s", holder)
            .ExecuteScalarAsync();
        var address = Address(database, "localhost", "?sslmode=require");

        var seen = await PostgresCheckup.LookAsync(address, connecting, TimeProvider.System, default, TimeSpan.Zero);

        var one = seen.Holders.ShouldHaveSingleItem();
        (one.Process, one.User, one.Waiting).ShouldBe((holder.ProcessID, "postgres", 0));
        (await LookAsync(database, "localhost", "?sslmode=require")).Holders.ShouldBeEmpty("it is not long ago");
    }

    [Theory]
    [InlineData("localhost", "?sslmode=require", ServerTrust.None)]
    [InlineData("127.0.0.1", "?sslmode=require", ServerTrust.None)]
    [InlineData("localhost", "?sslmode=prefer", ServerTrust.None)]
    [InlineData("127.0.0.1", "?sslmode=verify-ca&sslrootcert=ca.crt", ServerTrust.Authority)]
    [InlineData("localhost", "?sslmode=verify-full&sslrootcert=ca.crt", ServerTrust.HostName)]
    public async Task A_mode_that_the_server_satisfies_connects(string host, string mode, ServerTrust trust)
    {
        var sight = await LookAsync(await _cluster.CreateDatabaseAsync(), host, InFolder(mode));
        sight.Trust.ShouldBe(trust);
        sight.Encryption.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("localhost", "?sslmode=verify-ca&sslrootcert=other.crt", "other.crt signed its certificate: ")]
    [InlineData("localhost", "?sslmode=verify-full&sslrootcert=other.crt", "because no authority of ")]
    [InlineData("localhost", "?sslmode=verify-full", "because no authority of this system signed its certificate")]
    [InlineData("127.0.0.1", "?sslmode=verify-full&sslrootcert=other.crt", "because no authority of ")]
    [InlineData(
        "127.0.0.1", "?sslmode=verify-full&sslrootcert=ca.crt",
        "because its certificate is for localhost and not for the host 127.0.0.1: ")]
    [InlineData("localhost", "?sslmode=disable", "does not let this user in")]
    public async Task A_mode_that_the_server_does_not_satisfy_is_refused_with_one_sentence(
        string host, string mode, string says)
    {
        var database = await _cluster.CreateDatabaseAsync();
        var refused = await Should.ThrowAsync<StoreUnusableException>(
            () => LookAsync(database, host, InFolder(mode)));
        refused.Message.ShouldContain(says);
        refused.Message.ShouldNotContain("\n");
        refused.Message.ShouldNotContain(database.Login.Password);
    }

    [Fact]
    public async Task A_client_s_own_certificate_is_shown_where_the_address_names_it()
    {
        var database = await _cluster.CreateDatabaseAsync();
        var sight = await LookAsync(
            database, "localhost", InFolder(
                "?sslmode=verify-full&sslrootcert=ca.crt&sslcert=client.crt&sslkey=client.key"));
        sight.Encryption.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_wrong_password_is_refused_and_never_repeated()
    {
        var database = await _cluster.CreateDatabaseAsync();
        var wrong = database with { Login = database.Login with { Password = "not-the-password" } };
        var refused = await Should.ThrowAsync<StoreUnusableException>(
            () => LookAsync(wrong, "localhost", "?sslmode=require"));
        refused.Message.ShouldContain("does not let this user in");
        refused.Message.ShouldNotContain("not-the-password");
    }

    [Theory]
    [InlineData(null, "asks for a password, and none was found: see PGPASSWORD, ")]
    [InlineData("~/x is ignored: chmod 600 ~/x", "asks for a password, and ~/x is ignored: chmod 600 ~/x")]
    public async Task A_missing_password_is_no_silent_server(string? ignored, string says)
    {
        var database = await _cluster.CreateDatabaseAsync();
        var connecting = new PostgresConnecting(
            Address(database, "localhost", "?sslmode=require"), new PostgresPassword(null, "/dev/null", ignored));
        (await Should.ThrowAsync<StoreUnusableException>(() => connecting.OpenAsync(default)))
            .Message.ShouldContain(says);
    }

    [Theory]
    [InlineData("transaction", false)]
    [InlineData("session", true)]
    public async Task A_transaction_pooler_is_detected_and_a_session_pooler_is_none(
        string mode, bool keepsSessions)
    {
        await using var cluster = await PostgresCluster.StartAsync(new PostgresSettings());
        var database = await cluster.CreateDatabaseAsync();
        using var pooler = await Pooler.StartAsync(cluster, database, mode, PoolerLimit);

        var sight = await LookAsync(database with { Port = pooler.Port }, "127.0.0.1", "?sslmode=disable");

        sight.KeepsSessions.ShouldBe(keepsSessions);
    }

    private string InFolder(string mode) => mode
        .Replace("cert=", $"cert={_cluster.Folder}/", StringComparison.Ordinal)
        .Replace("sslkey=", $"sslkey={_cluster.Folder}/", StringComparison.Ordinal);

    private static StoreAddress.Postgres Address(PostgresDatabase database, string host, string parameters) =>
        (StoreAddress.Postgres)((StoreAddressReply.Parsed)StoreAddress.Parse(
            (database with { Host = host }).Url + parameters)).Address;

    private static PostgresConnecting Connecting(PostgresDatabase database, string host, string parameters) =>
        new(Address(database, host, parameters), database.Login.Password);

    private static Task<DatabaseSight> LookAsync(PostgresDatabase database, string host, string parameters) =>
        PostgresCheckup.LookAsync(
            Address(database, host, parameters),
            Connecting(database, host, parameters),
            TimeProvider.System,
            default);

    /// <summary>A cluster whose connections over TCP must use TLS.</summary>
    public sealed class TlsCluster : IAsyncLifetime
    {
        public PostgresCluster Cluster { get; private set; } = null!;

        public async Task InitializeAsync() =>
            Cluster = await PostgresCluster.StartAsync(new PostgresSettings { WithTls = true });

        public async Task DisposeAsync() => await Cluster.DisposeAsync();
    }
}
