using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Tests.Postgres;

/// <summary>The cluster of the tests starts, answers and goes.</summary>
public sealed class PostgresClusterTests
{
    [Fact]
    public async Task A_cluster_answers_and_is_gone_with_its_folder_and_its_port()
    {
        string folder;
        int port;
        await using (var cluster = await PostgresCluster.StartAsync(new PostgresSettings()))
        {
            (folder, port) = (cluster.Folder, cluster.Port);
            (await cluster.RunAsync("SELECT 6 * 7")).ShouldBe("42");
            (await cluster.RunAsync("SHOW fsync")).ShouldBe("off");
            await Connect(port);
        }

        Directory.Exists(folder).ShouldBeFalse();
        await Should.ThrowAsync<SocketException>(() => Connect(port));
    }

    [Fact]
    public async Task What_is_committed_outlives_an_immediate_stop_and_no_connection_does()
    {
        await using var cluster = await PostgresCluster.StartAsync(new PostgresSettings { IsDurable = true });
        var database = await cluster.CreateDatabaseAsync();
        await cluster.RunAsync("CREATE TABLE kept AS SELECT 7 AS n", database.Name);

        await cluster.StopAsync(immediate: true);
        await Should.ThrowAsync<InvalidOperationException>(() => cluster.RunAsync("SELECT 1"));
        await cluster.RestartAsync();

        (await cluster.RunAsync("SELECT n FROM kept", database.Name)).ShouldBe("7");
        (await cluster.RunAsync("SHOW fsync")).ShouldBe("on");
    }

    [Fact]
    public async Task Databases_of_the_shared_cluster_are_apart_and_belong_to_whom_they_are_made_for()
    {
        var cluster = await PostgresCluster.SharedAsync();
        (await PostgresCluster.SharedAsync()).ShouldBeSameAs(cluster);
        var login = await cluster.CreateRoleAsync();
        var mine = await cluster.CreateDatabaseAsync(login);
        var another = await cluster.CreateDatabaseAsync();

        mine.Name.ShouldNotBe(another.Name);
        const string Owner = "SELECT datdba::regrole FROM pg_database WHERE datname = current_database()";
        (await cluster.RunAsync(Owner, mine.Name)).ShouldBe(login.Role);
        (await cluster.RunAsync(Owner, another.Name)).ShouldBe("postgres");
    }

    [Fact]
    public async Task Only_the_superuser_is_trusted_and_only_on_the_socket()
    {
        var cluster = await PostgresCluster.SharedAsync();
        (await cluster.RunAsync("""
            SELECT string_agg(concat_ws(' ', type, user_name[1], auth_method), ', ' ORDER BY line_number)
            FROM pg_hba_file_rules
            """)).ShouldBe("local postgres trust, host all scram-sha-256");
        new DirectoryInfo(cluster.Folder).UnixFileMode.ShouldBe(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task A_cluster_with_TLS_has_a_certificate_of_its_authority_for_localhost()
    {
        await using var cluster = await PostgresCluster.StartAsync(new PostgresSettings { WithTls = true });
        (await cluster.RunAsync("SHOW ssl")).ShouldBe("on");
        using var server = X509CertificateLoader.LoadCertificateFromFile(
            Path.Combine(cluster.Folder, "server.crt"));
        server.MatchesHostname("localhost").ShouldBeTrue();
        server.MatchesHostname("127.0.0.1").ShouldBeFalse();
        server.Issuer.ShouldBe("CN=ca");
    }

    [Fact]
    public async Task A_setting_that_PostgreSQL_does_not_know_ends_the_start_with_its_reason()
    {
        var settings = new PostgresSettings { Lines = ["max_conections=3"] };
        (await Should.ThrowAsync<InvalidOperationException>(() => PostgresCluster.StartAsync(settings)))
            .Message.ShouldContain("max_conections");
    }

    private static async Task Connect(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
    }
}
