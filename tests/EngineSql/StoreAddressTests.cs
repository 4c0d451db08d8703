using Engine.Sql;

namespace Tests.EngineSql;

public sealed class StoreAddressTests
{
    [Theory]
    [InlineData("sqlite:runs/store.db", "runs/store.db")]
    [InlineData("sqlite:/a:b.db", "/a:b.db")]
    public void A_sqlite_address_names_a_file(string text, string path)
    {
        var address = StoreAddress.Parse(text).ShouldBeOfType<StoreAddressReply.Parsed>().Address;
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
        var refused = StoreAddress.Parse(text).ShouldBeOfType<StoreAddressReply.Refused>();
        refused.Problem.ShouldBe(problem);
        refused.Sentence.ShouldContain("sqlite:PATH");
    }
}
