using System.Text.Json;

namespace Tests.Orchestrator;

/// <summary>The checker of the schemas can say no.</summary>
public sealed class JsonSchemaTests
{
    private const string Schema = """
        {
          "title": "a list",
          "type": "array",
          "items": {
            "type": "object",
            "required": ["name"],
            "properties": {"name": {"type": "string", "enum": ["a", "b"]}, "size": {"type": ["integer", "null"]}},
            "additionalProperties": false
          }
        }
        """;

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""[{"name": "a"}, {"name": "b", "size": 3}, {"name": "b", "size": null}]""")]
    public void What_is_as_the_schema_says_has_no_problems(string json) => Problems(json).ShouldBeEmpty();

    [Theory]
    [InlineData("{}", "$: Object is not array")]
    [InlineData("[3]", "$[0]: Number is not object")]
    [InlineData("""[{"size": 3}]""", "$[0].name: is missing")]
    [InlineData("""[{"name": "c"}]""", "$[0].name: \"c\" is none of [\"a\", \"b\"]")]
    [InlineData("""[{"name": "a", "size": 1.5}]""", "$[0].size: Number is not integer or null")]
    [InlineData("""[{"name": "a", "more": 1}]""", "$[0].more: is unknown")]
    public void Anything_else_is_named_with_its_place(string json, string problem) =>
        Problems(json).ShouldBe([problem]);

    [Fact]
    public void A_schema_for_what_is_not_named_holds_for_all_of_it() =>
        JsonSchema.Problems(
            Parse("""{"type": "object", "additionalProperties": {"type": "string"}}"""),
            Parse("""{"a": "x", "b": 1}""")).ShouldBe(["$.b: Number is not string"]);

    [Fact]
    public void A_keyword_that_is_not_checked_is_refused() =>
        JsonSchema.Problems(Parse("""{"minimum": 3}"""), Parse("1"))
            .ShouldBe(["$: the schema has the unknown keyword minimum"]);

    private static IEnumerable<string> Problems(string json) => JsonSchema.Problems(Parse(Schema), Parse(json));

    private static JsonElement Parse(string json) => JsonElement.Parse(json);
}
