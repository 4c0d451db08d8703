using static Tests.Shared.SweepFiles.SweepFileFixture;

namespace Tests.Shared.SweepFiles;

public sealed class WrongYaml
{
    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    [InlineData("\n\n")]
    public void An_empty_file_is_refused(string text) =>
        Problems(text).ShouldBe(["x.yaml:1:1: found an empty file, expected a sweep file"]);

    [Fact]
    public void A_file_that_is_a_list_is_refused() =>
        Problems("- name: toy\n").ShouldBe(["x.yaml:1:1: found a list, expected keys with values"]);

    [Fact]
    public void A_file_that_is_a_word_is_refused() =>
        Problems("toy\n").ShouldBe(["x.yaml:1:1: found \"toy\", expected keys with values"]);

    [Fact]
    public void A_tab_in_the_indentation_is_pointed_at() =>
        Problems("name: toy\nparameters:\n\tsampler.steps: 20\n").ShouldBe(
            ["x.yaml:3:1: found a tab in the indentation, expected spaces"]);

    [Fact]
    public void Broken_yaml_is_one_problem_with_its_line() =>
        Problems("name: toy\nmetric: {name: kl\nseed: 1\n").ShouldBe(
            ["x.yaml:2:14: found text that cannot be read (a bracket or a quote is not closed), "
                + "expected keys with values in YAML"]);

    [Fact]
    public void Yaml_that_says_what_is_wrong_with_it_is_quoted() =>
        Problems("name: toy\nseed: 'one\n").ShouldBe(
            ["x.yaml:2:7: found text that cannot be read (While scanning a quoted scalar, found unexpected "
                + "end of stream), expected keys with values in YAML"]);

    [Fact]
    public void A_second_document_is_refused() =>
        Problems(Toy() + "---\nname: other\n")
            .ShouldBe(["x.yaml:6:1: found a second document, expected one document a file"]);

    [Fact]
    public void A_key_given_twice_is_refused_and_the_first_line_named() =>
        Problems(Toy("sampler.steps: 20", "model.hidden: 8", "sampler.steps: 20")).ShouldBe(
            ["x.yaml:8:3: parameters.sampler.steps: found the key a second time, "
                + "expected it once (it is in line 6)"]);

    [Fact]
    public void Anchors_and_aliases_are_refused() =>
        Problems(Toy("sampler.steps: &n 20", "model.hidden: *n")).ShouldBe([
            "x.yaml:6:18: parameters.sampler.steps: found an anchor, "
                + "expected a value written out, without anchors, aliases and tags",
            "x.yaml:7:17: parameters.model.hidden: found an alias, "
                + "expected a value written out, without anchors, aliases and tags",
        ]);

    [Fact]
    public void Tags_are_refused() =>
        Problems(Toy("sampler.steps: !!int 20")).ShouldBe(
            ["x.yaml:6:18: parameters.sampler.steps: found a tag, "
                + "expected a value written out, without anchors, aliases and tags"]);

    [Fact]
    public void A_list_as_a_key_is_refused() =>
        Problems(Toy("? [sampler.steps]", ": 20")).ShouldBe(
            ["x.yaml:6:5: parameters: found a list, expected a key"]);

    [Fact]
    public void A_file_nested_without_end_is_refused_and_overflows_nothing() =>
        Problems("name: " + new string('[', 50_000) + new string(']', 50_000)).ShouldBe(
            ["x.yaml:1:23: found text that cannot be read (more than 16 levels), "
                + "expected keys with values in YAML"]);

    [Fact]
    public void A_file_too_long_to_be_one_is_refused_unread() =>
        Problems(new string('#', 1_000_001)).ShouldBe(
            ["x.yaml:1:1: found 1000001 characters, expected at most 1000000 characters"]);

    [Fact]
    public void A_long_text_is_cut_and_kept_on_one_line() =>
        Problems(Toy($"model.hidden: \"a\\nb{new string('c', 100)}\"")).ShouldBe(
            [$"x.yaml:6:3: parameters.model.hidden: found \"a\\nb{new string('c', 57)}…\", "
                + "expected a whole number from 1 to 4096 (units)"]);

    [Theory]
    [InlineData("\u0000")]
    [InlineData("\"\\uD800\"")]
    [InlineData("\"\\x\"")]
    [InlineData("@")]
    [InlineData("%")]
    [InlineData("`")]
    [InlineData("[}")]
    [InlineData("!<")]
    [InlineData("|9")]
    public void Odd_text_is_refused_and_breaks_nothing(string value) =>
        Problems(Toy($"model.hidden: {value}")).ShouldNotBeEmpty();

    [Fact]
    public void No_damage_to_a_file_breaks_the_parser()
    {
        const string Odd = "\t\n :-?[]{}#&*!|>'\"%@`,0.e~\\\u0000\uFEFF\uD800é";
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var text = Quickstart.ToCharArray();
            for (var damage = random.Next(1, 5); damage > 0; damage--)
            {
                text[random.Next(text.Length)] = Odd[random.Next(Odd.Length)];
            }

            Should.NotThrow(() => Problems(new string(text)), $"seed {seed}");
        }
    }
}
