using Orchestrator.Cli;

namespace Tests.Orchestrator;

public sealed class TextTableTests
{
    private static readonly string[][] Rows = [["quickstart", "running"], ["toy", "completed"]];

    [Fact]
    public void Columns_are_as_wide_as_their_cells() =>
        TextTable.Lines(["sweep", "state"], Rows).ShouldBe(
        [
            "sweep       state",
            "quickstart  running",
            "toy         completed",
        ]);

    [Fact]
    public void No_line_is_wider_than_the_terminal() =>
        TextTable.Lines(["sweep", "state"], Rows, width: 16).ShouldBe(
        [
            "sweep       sta…",
            "quickstart  run…",
            "toy         com…",
        ]);

    [Fact]
    public void A_cell_neither_begins_a_line_nor_moves_the_cursor() =>
        TextTable.Lines(["worker"], [["w1\n2026 owner\u001b[2J\t\u009b"]]).ShouldBe(
            ["worker", "w1␊2026 owner␛[2J␉\ufffd"]);

    [Theory]
    [InlineData("question", 8, "question")]
    [InlineData("question", 7, "questi…")]
    [InlineData("question", null, "question")]
    [InlineData("question", 0, "…")]
    public void A_text_is_shortened_to_its_limit(string text, int? limit, string shown) =>
        TextTable.Shorten(text, limit).ShouldBe(shown);
}
