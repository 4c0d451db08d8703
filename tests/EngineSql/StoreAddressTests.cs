using Engine.Sql;

namespace Tests.EngineSql;

public sealed class StoreAddressTests
{
    [Theory]
    [InlineData("sqlite:runs/store.db", "runs/store.db")]
    [InlineData("sqlite:/a:b.db", "/a:b.db")]
    public void A_sqlite_address_names_a_file(string text, string path)
    {
        var address = Parsed(text).ShouldBeOfType<StoreAddress.Sqlite>();
        address.Path.ShouldBe(path);
        address.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("runs/store.db", StoreAddressProblem.MissingScheme)]
    [InlineData("", StoreAddressProblem.MissingScheme)]
    [InlineData("mysql://box/db", StoreAddressProblem.UnknownScheme)]
    [InlineData("SQLITE:x", StoreAddressProblem.UnknownScheme)]
    [InlineData("sqlite:", StoreAddressProblem.MissingPath)]
    public void Any_other_text_is_refused_with_what_is_known(string text, StoreAddressProblem problem)
    {
        var refused = Refused(text);
        refused.Problem.ShouldBe(problem);
        refused.Sentence.ShouldContain("sqlite:PATH");
        refused.Sentence.ShouldContain("postgres://USER@HOST/DATABASE");
    }

    [Fact]
    public void A_postgres_address_has_defaults_for_what_it_leaves_out()
    {
        Parsed("postgres://sweeps@head/store").ShouldBe(new StoreAddress.Postgres(
            "head", 5432, "store", "sweeps", PostgresSslMode.VerifyFull, null, null, null,
            TimeSpan.FromSeconds(10)));
        Parsed("postgresql://sweeps@localhost:6000/store").ShouldBe(new StoreAddress.Postgres(
            "localhost", 6000, "store", "sweeps", PostgresSslMode.Prefer, null, null, null,
            TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void A_postgres_address_takes_five_parameters() =>
        Parsed(
            "postgres://ann%40lab@[2001:db8::1]:1/my%20sweeps?sslmode=verify-ca&sslrootcert=/a%26b/root.crt"
            + "&sslcert=u.crt&sslkey=u.key&connect_timeout=3")
        .ShouldBe(new StoreAddress.Postgres(
            "2001:db8::1", 1, "my sweeps", "ann@lab", PostgresSslMode.VerifyCa, "/a&b/root.crt", "u.crt",
            "u.key", TimeSpan.FromSeconds(3)));

    [Theory]
    [InlineData("127.0.0.1", PostgresSslMode.Prefer)]
    [InlineData("127.8.0.1", PostgresSslMode.Prefer)]
    [InlineData("[::1]", PostgresSslMode.Prefer)]
    [InlineData("localhost", PostgresSslMode.Prefer)]
    [InlineData("localhost.example.org", PostgresSslMode.VerifyFull)]
    [InlineData("10.0.0.1", PostgresSslMode.VerifyFull)]
    public void Without_a_mode_only_the_same_machine_is_trusted(string host, PostgresSslMode mode) =>
        Parsed($"postgres://u@{host}/d").ShouldBeOfType<StoreAddress.Postgres>().SslMode.ShouldBe(mode);

    [Theory]
    [InlineData("postgres://sweeps@head/store", "postgres://sweeps@head/store")]
    [InlineData("postgresql://s@head:5432/d?sslmode=verify-full&connect_timeout=10", "postgres://s@head/d")]
    [InlineData("postgres://s@localhost/d?sslmode=prefer", "postgres://s@localhost/d")]
    [InlineData("postgres://s@localhost/d?sslmode=require", "postgres://s@localhost/d?sslmode=require")]
    [InlineData("postgres://s@[::1]:99/d", "postgres://s@[::1]:99/d")]
    [InlineData(
        "postgres://a%40b@h/d%2Fe?connect_timeout=3&sslrootcert=/a%26b/c.crt&sslcert=x&sslkey=y",
        "postgres://a%40b@h/d%2Fe?sslrootcert=/a%26b/c.crt&sslcert=x&sslkey=y&connect_timeout=3")]
    public void An_address_is_written_shortly_and_read_back_as_the_same(string text, string written)
    {
        var address = Parsed(text);
        address.ToString().ShouldBe(written);
        Parsed(written).ShouldBe(address);
    }

    [Theory]
    [InlineData("postgres:head", StoreAddressProblem.MissingPart)]
    [InlineData("postgres://head/store", StoreAddressProblem.MissingPart)]
    [InlineData("postgres://@head/store", StoreAddressProblem.MissingPart)]
    [InlineData("postgres://sweeps@/store", StoreAddressProblem.MissingPart)]
    [InlineData("postgres://sweeps@head", StoreAddressProblem.MissingPart)]
    [InlineData("postgres://sweeps@head/", StoreAddressProblem.MissingPart)]
    [InlineData("postgres://sweeps@head/a/b", StoreAddressProblem.MissingPart)]
    [InlineData("postgres://sweeps@head/a#b", StoreAddressProblem.MissingPart)]
    [InlineData("postgres://sweeps@head:0/d", StoreAddressProblem.WrongValue)]
    [InlineData("postgres://sweeps@head:65536/d", StoreAddressProblem.WrongValue)]
    [InlineData("postgres://sweeps@he ad/d", StoreAddressProblem.WrongValue)]
    [InlineData("postgres://sweeps@one,two/d", StoreAddressProblem.WrongValue)]
    [InlineData("postgres://sweeps@head/d?sslmode=allow", StoreAddressProblem.WrongValue)]
    [InlineData("postgres://sweeps@head/d?connect_timeout=0", StoreAddressProblem.WrongValue)]
    [InlineData("postgres://sweeps@head/d?connect_timeout=601", StoreAddressProblem.WrongValue)]
    [InlineData("postgres://sweeps@head/d?sslmode=require&sslrootcert=a", StoreAddressProblem.WrongValue)]
    [InlineData("postgres://sweeps@head/d?sslcert=a", StoreAddressProblem.WrongValue)]
    [InlineData("postgres://sweeps@head/d?sslkey=a", StoreAddressProblem.WrongValue)]
    [InlineData("postgres://sweeps@head/d?sslmode=disable&sslcert=a&sslkey=b", StoreAddressProblem.WrongValue)]
    [InlineData("postgres://sweeps@head:99999/d", StoreAddressProblem.WrongValue)]
    [InlineData("postgres://sweeps@head:/d", StoreAddressProblem.WrongValue)]
    [InlineData("postgres://sweeps@::1/d", StoreAddressProblem.WrongValue)]
    [InlineData("postgres://sweeps@[::1/d", StoreAddressProblem.WrongValue)]
    [InlineData("postgres://an%00n@head/d", StoreAddressProblem.WrongValue)]
    [InlineData("postgres://an%0An@head/d", StoreAddressProblem.WrongValue)]
    [InlineData("postgres://an%zz@head/d", StoreAddressProblem.WrongValue)]
    [InlineData("postgres://an%@head/d", StoreAddressProblem.WrongValue)]
    [InlineData("postgres://an%4@head/d", StoreAddressProblem.WrongValue)]
    [InlineData("postgres://an%+4@head/d", StoreAddressProblem.WrongValue)]
    [InlineData("postgres://an%FF@head/d", StoreAddressProblem.WrongValue)]
    [InlineData("postgres://sweeps@head/d%00", StoreAddressProblem.WrongValue)]
    [InlineData("postgres://sweeps@head/d?sslrootcert=a%00b", StoreAddressProblem.WrongValue)]
    [InlineData("postgres://sweeps@head/d?application_name=a", StoreAddressProblem.WrongParameter)]
    [InlineData("postgres://sweeps@head/d?sslmode=prefer&sslmode=disable", StoreAddressProblem.WrongParameter)]
    [InlineData("postgres://sweeps@head/d?sslmode", StoreAddressProblem.WrongParameter)]
    public void A_postgres_address_that_is_wrong_is_refused(string text, StoreAddressProblem problem)
    {
        var refused = Refused(text);
        refused.Problem.ShouldBe(problem);
        refused.Sentence.ShouldStartWith(
            problem is StoreAddressProblem.WrongValue ? "in the store's address, " : "the store's address ");
    }

    [Theory]
    [InlineData("postgres://%F0%9F%90%98@head/gr%c3%BCn", "🐘", "grün")]
    [InlineData("postgres://🐘@head/grün", "🐘", "grün")]
    [InlineData("postgres://50%25@head/a%20b", "50%", "a b")]
    public void Names_may_be_any_text_of_which_bytes_are_escaped_or_not(string text, string user, string database)
    {
        var address = Parsed(text).ShouldBeOfType<StoreAddress.Postgres>();
        address.User.ShouldBe(user);
        address.Database.ShouldBe(database);
        Parsed(address.ToString()).ShouldBe(address);
    }

    [Fact]
    public void A_name_that_the_server_would_cut_off_is_refused()
    {
        var longest = new string('a', 61) + "%C3%BC";   // 63 bytes
        Parsed($"postgres://{longest}@head/{longest}");
        Refused($"postgres://a{longest}@head/d").Sentence.ShouldBe(
            "in the store's address, the user must be a name of at most 63 bytes");
        Refused($"postgres://u@head/a{longest}").Sentence.ShouldBe(
            "in the store's address, the database must be a name of at most 63 bytes");
        Refused($"postgres://u@{new string('h', 5000)}/d").Problem.ShouldBe(StoreAddressProblem.WrongValue);
        Refused($"postgres://half{'\ud800'}@head/d").Problem.ShouldBe(StoreAddressProblem.WrongValue);
    }

    [Theory]
    [InlineData("postgres://sweeps:hunter2@head/store")]
    [InlineData("postgres://sweeps:hunter2@head/store?sslmode=nonsense")]
    [InlineData("postgres://sweeps:hunter2/x@head/store")]
    [InlineData("postgres://sweeps:x?hunter2@head/store")]
    [InlineData("postgres://sweeps:x@hunter2@head/store")]
    [InlineData("postgres://sweeps@head/store?password=hunter2")]
    [InlineData("postgresql:sweeps:hunter2@head")]
    public void A_password_in_an_address_is_refused_and_not_repeated(string text)
    {
        var refused = Refused(text);
        refused.Problem.ShouldBe(StoreAddressProblem.Password);
        refused.Sentence.ShouldContain("PGPASSWORD");
        refused.Sentence.ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("postgres://sweeps:hunter2/store")]
    [InlineData("postgres://sweeps@head/store?hunter2=x")]
    [InlineData("postgres://sweeps@head:hunter2/store")]
    [InlineData("postgres://sweeps@hunter2!/store")]
    [InlineData("postgres://sweeps@head/d?sslmode=hunter2")]
    [InlineData("postgres://sweeps@head/d?connect_timeout=hunter2")]
    [InlineData("postgress://sweeps:hunter2@head/store")]
    [InlineData("hunter2@head:5432/store")]
    [InlineData("sweeps@head/store?password=hunter2")]
    public void What_may_be_a_password_is_never_repeated(string text) =>
        Refused(text).Sentence.ShouldNotContain("hunter2");

    private static StoreAddress Parsed(string text) =>
        StoreAddress.Parse(text).ShouldBeOfType<StoreAddressReply.Parsed>().Address;

    private static StoreAddressReply.Refused Refused(string text) =>
        StoreAddress.Parse(text).ShouldBeOfType<StoreAddressReply.Refused>();
}
