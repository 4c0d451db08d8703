using Shared.Diagnosis;

namespace Tests.Shared.Diagnosis;

public sealed class DatabaseFindingsTests
{
    private static readonly DatabaseSight Good = new(
        "postgres://ann@head/sweeps",
        IsHere: false,
        "15.17 (Debian 15.17-0)",
        "TLSv1.3 TLS_AES_256_GCM_SHA384",
        ServerTrust.HostName,
        "ann",
        IsSuperuser: false,
        ["sweep_user"],
        "2",
        "2",
        TimeSpan.FromSeconds(-0.31),
        TimeSpan.FromMilliseconds(0.42),
        KeepsSessions: true);

    [Fact]
    public void A_good_store_has_a_line_for_each_part_and_nothing_to_repair()
    {
        var findings = DatabaseFindings.Of(Good);
        findings.Select(f => $"{f.Part}: {f.Found}").ShouldBe(
        [
            "store: postgres://ann@head/sweeps answers in 0.4 ms, PostgreSQL 15.17 (Debian 15.17-0)",
            "tls: TLSv1.3 TLS_AES_256_GCM_SHA384, authority and host name verified",
            "role: ann may submit and control sweeps",
            "schema: version 2",
            "clock: the database's clock is 0.3 s behind this box's",
            "pooler: each connection keeps its session",
        ]);
        findings.ShouldAllBe(f => f.Level == FindingLevel.Ok && f.Repair == null);
    }

    [Fact]
    public void Whoever_keeps_others_waiting_is_named_with_what_ends_it()
    {
        var since = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var found = Of("locks", Good with { Holders = [new LockHolder(4711, "box1", "10.0.0.7", since, 3)] });

        found.Level.ShouldBe(FindingLevel.Warn);
        found.Found.ShouldBe(
            "box1 at 10.0.0.7 (process 4711 of the server) holds locks of the store since 2026-03-01 12:00:00Z; "
            + "sessions that wait for it: 3");
        found.Repair!.ShouldEndWith("SELECT pg_terminate_backend(4711)");
    }

    [Fact]
    public void A_connection_without_encryption_is_wrong_unless_it_stays_on_this_machine()
    {
        Of("tls", Good with { Encryption = null, Trust = ServerTrust.None }).ShouldSatisfyAllConditions(
            f => f.Level.ShouldBe(FindingLevel.Wrong),
            f => f.Repair!.ShouldContain("sslmode=verify-full&sslrootcert=ca.crt"));
        Of("tls", Good with { Encryption = null, Trust = ServerTrust.None, IsHere = true }).Level
            .ShouldBe(FindingLevel.Ok);
    }

    [Theory]
    [InlineData(ServerTrust.None, FindingLevel.Warn, "but the server may be anybody")]
    [InlineData(ServerTrust.Authority, FindingLevel.Ok, "authority verified")]
    public void Encryption_says_whom_it_trusts(ServerTrust trust, FindingLevel level, string says)
    {
        var found = Of("tls", Good with { Trust = trust });
        found.Level.ShouldBe(level);
        found.Found.ShouldEndWith(says);
    }

    [Theory]
    [InlineData("13.9", FindingLevel.Wrong)]
    [InlineData("9.6", FindingLevel.Wrong)]
    [InlineData("14.0", FindingLevel.Ok)]
    [InlineData("18beta1", FindingLevel.Ok)]
    [InlineData("unknown", FindingLevel.Wrong)]
    public void A_server_before_14_is_too_old(string version, FindingLevel level) =>
        Of("store", Good with { ServerVersion = version }).Level.ShouldBe(level);

    [Fact]
    public void A_far_server_is_slow() =>
        Of("store", Good with
        {
            RoundTrip = TimeSpan.FromMilliseconds(
            80)
        }).Level.ShouldBe(FindingLevel.Warn);

    [Fact]
    public void A_login_says_all_that_it_may_do_and_one_without_a_role_is_wrong()
    {
        Of("role", Good with { Roles = ["sweep_owner", "sweep_worker"] }).Found
            .ShouldBe("ann may make and upgrade the store, run trials");
        Of("role", Good with { Roles = [] }).ShouldBe(new Finding(
            "role",
            FindingLevel.Wrong,
            "ann has none of the store's roles",
            "run what ./sweep migrate --roles prints, and give this login one of its roles"));
    }

    [Fact]
    public void A_superuser_from_another_box_is_a_warning()
    {
        Of("role", Good with { IsSuperuser = true }).Level.ShouldBe(FindingLevel.Warn);
        Of("role", Good with { IsSuperuser = true, IsHere = true }).Level.ShouldBe(FindingLevel.Ok);
    }

    [Theory]
    [InlineData(null, "./sweep migrate, as a member of sweep_owner")]
    [InlineData("1", "./sweep migrate, as a member of sweep_owner")]
    [InlineData("3", "update this program to the one on the other boxes")]
    [InlineData("odd", "update this program to the one on the other boxes")]
    public void A_schema_of_another_version_says_which_side_to_change(string? version, string repair)
    {
        var found = Of("schema", Good with { Version = version });
        found.Level.ShouldBe(FindingLevel.Wrong);
        found.Repair.ShouldBe(repair);
    }

    [Theory]
    [InlineData(2.1, FindingLevel.Warn, "2.1 s ahead of")]
    [InlineData(-90, FindingLevel.Warn, "90.0 s behind")]
    [InlineData(1.9, FindingLevel.Ok, "1.9 s ahead of")]
    public void A_clock_that_differs_is_a_warning(double seconds, FindingLevel level, string says)
    {
        var found = Of("clock", Good with { Ahead = TimeSpan.FromSeconds(seconds) });
        found.Level.ShouldBe(level);
        found.Found.ShouldContain(says);
    }

    [Fact]
    public void A_transaction_pooler_is_wrong() =>
        Of("pooler", Good with { KeepsSessions = false }).ShouldSatisfyAllConditions(
            f => f.Level.ShouldBe(FindingLevel.Wrong), f => f.Repair!.ShouldContain("pool_mode = session"));

    private static Finding Of(string part, DatabaseSight sight) =>
        DatabaseFindings.Of(sight).Single(finding => finding.Part == part);
}
