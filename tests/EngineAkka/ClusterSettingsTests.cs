using System.Text.RegularExpressions;
using Akka.Configuration;
using Engine.Akka.Nodes;
using Shared.Engine;

namespace Tests.EngineAkka;

/// <summary>What a node's configuration may say, and where it comes from.</summary>
public sealed partial class ClusterSettingsTests
{
    private static readonly string Folder = HoconLayers.FolderOf(AppContext.BaseDirectory);

    [Fact]
    public void A_coordinator_on_loopback_needs_no_more_than_its_seed()
    {
        var settings = Read(NodeRole.Coordinator, ("SWEEP_SEEDS", "127.0.0.1:4053"));

        settings.Seeds.ShouldBe([new SeedAddress("127.0.0.1", 4053)]);
        (settings.PublicHost, settings.BindHost, settings.Port).ShouldBe(("127.0.0.1", "127.0.0.1", 4053));
        settings.Tls.ShouldBeNull();
    }

    [Fact]
    public void The_environment_comes_last_and_the_file_of_the_role_before_what_all_have()
    {
        Read(NodeRole.Worker, ("SWEEP_SEEDS", "127.0.0.1:1")).Port.ShouldBe(0);
        Read(NodeRole.Coordinator, ("SWEEP_SEEDS", "127.0.0.1:9"), ("SWEEP_PORT", "9")).Port.ShouldBe(9);
        Layers(NodeRole.Coordinator).GetStringList("akka.cluster.roles").ShouldBe(["coordinator"]);
        Layers(NodeRole.Worker).GetStringList("akka.cluster.roles").ShouldBe(["worker"]);
        Layers(NodeRole.Client).GetString("akka.loglevel").ShouldBe("OFF");
        var loud = Layers(NodeRole.Worker, ("SWEEP_CLUSTER_LOG", "INFO"));
        loud.GetString("akka.loglevel").ShouldBe("INFO");
        loud.GetString("akka.stdout-loglevel").ShouldBe("INFO");
    }

    [Fact]
    public void Two_coordinators_are_refused_with_the_reason()
    {
        var problem = Problem(NodeRole.Worker, ("SWEEP_SEEDS", "127.0.0.1:1,127.0.0.1:2"));

        problem.ShouldContain("names 2 coordinators: name one or three");
        problem.ShouldContain("neither knows which is to go on");
        Read(NodeRole.Worker, ("SWEEP_SEEDS", "127.0.0.1:1, 127.0.0.1:2, 127.0.0.1:3")).Seeds.Length.ShouldBe(3);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var problem = Problem(
            NodeRole.Coordinator,
            new LeaseTimes(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(1)),
            ("SWEEP_SEEDS", "head:4053,here"),
            ("SWEEP_BIND", "0.0.0.0"),
            ("SWEEP_PORT", "70000"),
            ("SWEEP_CLUSTER_LOG", "loud"));

        problem.ShouldContain("'here', which is no host:port");
        problem.ShouldContain("does not name this coordinator");
        problem.ShouldContain("set SWEEP_HOST");
        problem.ShouldContain("SWEEP_PORT is '70000'");
        problem.ShouldContain("lease of 20 s is shorter than three beats of 10 s");
        problem.ShouldContain("needs certificates");
        problem.ShouldContain("SWEEP_CLUSTER_LOG is 'loud' and must be OFF, ERROR, WARNING, INFO or DEBUG");
        problem.Split("; ").Length.ShouldBe(7);
        problem.Contains('\n', StringComparison.Ordinal).ShouldBeFalse("it is shown as one line");
    }

    [Fact]
    public void A_node_without_seeds_or_with_one_twice_does_not_start()
    {
        Problem(NodeRole.Client).ShouldContain("SWEEP_SEEDS names no coordinator");
        Problem(NodeRole.Worker, ("SWEEP_SEEDS", "a:1,a:1,a:1")).ShouldContain("a coordinator twice");
    }

    [Theory]
    [InlineData("1.5.30", true)]
    [InlineData("1.5.55", true)]
    [InlineData("1.5.56", false)]
    [InlineData("1.5.74", false)]
    public void Beyond_this_machine_an_old_Akka_Remote_is_refused(string version, bool isRefused)
    {
        var problems = new List<string>();
        TlsRule.Check(null, Version.Parse(version), problems);
        problems.Any(p => p.Contains("cannot protect a cluster", StringComparison.Ordinal)).ShouldBe(isRefused);
    }

    [Fact]
    public void Files_of_certificates_that_are_not_there_are_named()
    {
        var problem = Problem(
            NodeRole.Worker,
            ("SWEEP_SEEDS", "head:4053"),
            ("SWEEP_TLS_CERTIFICATE", "/nowhere/node.p12"),
            ("SWEEP_TLS_CA", "/nowhere/ca.pem"),
            ("SWEEP_TLS_PASSWORD_FILE", "/nowhere/password"));

        problem.ShouldContain("SWEEP_TLS_CERTIFICATE names /nowhere/node.p12, and there is no such file");
        problem.ShouldContain("SWEEP_TLS_CA names /nowhere/ca.pem");
        problem.ShouldContain("SWEEP_TLS_PASSWORD_FILE names /nowhere/password");
    }

    [Fact]
    public void Every_key_of_every_file_has_a_comment()
    {
        foreach (var file in Directory.EnumerateFiles(Folder, "*.conf"))
        {
            var lines = File.ReadAllLines(file);
            for (var i = 1; i < lines.Length; i++)
            {
                if (Key().IsMatch(lines[i]))
                {
                    var above = lines.Take(i).Reverse().SkipWhile(line => Key().IsMatch(line))
                        .TakeWhile(line => line.TrimStart().StartsWith('#')).ToList();
                    above.ShouldNotBeEmpty($"{file}:{i + 1}: {lines[i]}");
                }
            }
        }
    }

    [Fact]
    public void A_file_that_is_no_HOCON_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("hocon-");
        File.WriteAllText(Path.Combine(folder.FullName, "common.conf"), "akka { ${nothing} }");
        File.WriteAllText(Path.Combine(folder.FullName, "worker.conf"), "a = [");
        Should.Throw<StoreUnusableException>(() => HoconLayers.Read(folder.FullName, NodeRole.Worker, _ => null))
            .Message.ShouldContain(folder.FullName);
        folder.Delete(recursive: true);
    }

    private static Config Layers(NodeRole role, params (string Name, string Value)[] variables) => HoconLayers.Read(
        Folder, role, name => variables.FirstOrDefault(variable => variable.Name == name).Value);

    private static ClusterSettings Read(NodeRole role, params (string Name, string Value)[] variables) =>
        ClusterSettings.Read(Layers(role, variables), role, LeaseTimes.Default);

    private static string Problem(NodeRole role, params (string Name, string Value)[] variables) =>
        Problem(role, LeaseTimes.Default, variables);

    private static string Problem(
        NodeRole role, LeaseTimes times, params (string Name, string Value)[] variables) =>
        Should.Throw<StoreUnusableException>(
            () => ClusterSettings.Read(Layers(role, variables), role, times)).Message;

    [GeneratedRegex(@"^\s*[\w.""-]+\s*=\s*\S", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Key();
}
