using Shared.Engine;

namespace Tests.Shared.Engine;

public sealed class WorkerNameTests
{
    /// <summary>The rule is spelled in SQL too: PostgresRoleTests asks it of the database.</summary>
    public static TheoryData<string, bool> Names => new()
    {
        { "w1", true }, { "_w", true }, { "Box-1.lan_4711", true }, { new string('w', WorkerName.Longest), true },
        { "", false }, { ".", false }, { "..", false }, { "../w", false }, { "a/b", false }, { "-w", false },
        { ".w", false }, { "w 1", false }, { "w1\n", false }, { "w\u001b[2J", false }, { "wörker", false },
        { "w\u0660", false }, { new string('w', WorkerName.Longest + 1), false },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_is_one_word_that_is_a_file_s_too(string name, bool isOne) =>
        WorkerName.IsOne(name).ShouldBe(isOne);

    [Theory]
    [InlineData("box-1", "box-1-77")]
    [InlineData("..box 1/a", "box-1-a-77")]
    [InlineData("-", "box-77")]
    [InlineData("", "box-77")]
    public void A_machine_s_name_becomes_a_worker_s(string machine, string name) =>
        WorkerName.Of(machine, 77).ShouldBe(name);

    [Fact]
    public void A_long_machine_s_name_is_cut_off_and_the_process_is_not()
    {
        var name = WorkerName.Of(new string('b', 63), 4_194_304);
        name.ShouldEndWith("b-4194304");
        WorkerName.IsOne(name).ShouldBeTrue();
    }
}
