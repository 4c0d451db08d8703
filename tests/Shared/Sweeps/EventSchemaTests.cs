using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Shared.Search;
using Shared.Sweeps;
using Tests.Shared.Reports;

namespace Tests.Shared.Sweeps;

/// <summary>What is stored can be read for ever: its schema changes only on purpose.</summary>
public sealed class EventSchemaTests
{
    private const string Name = "sweep-event.schema.json";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <remarks>
    /// A property may be added if older events, which lack it, still read; anything else is a new version.
    /// </remarks>
    [Fact]
    public void The_schema_of_stored_events_is_the_recorded_one()
    {
        var schema = Schema().ToJsonString(Indented) + "\n";
        RepositoryFiles.WriteArtifact(Name, Encoding.UTF8.GetBytes(schema));

        Encoding.UTF8.GetString(RepositoryFiles.Read($"tests/Golden/{Name}"))
            .ShouldBe(schema, $"if that is meant, copy artifacts/{Name} over tests/Golden/{Name}");
    }

    [Fact]
    public void Every_recorded_event_is_what_the_schema_says()
    {
        var kinds = Schema()["anyOf"]!.AsArray()
            .ToDictionary(k => $"{k!["properties"]!["event"]!["const"]}", k => k!, StringComparer.Ordinal);
        foreach (var happened in Recorded.History().Concat(Recorded.DependentHistory()))
        {
            var json = JsonNode.Parse(SweepEventJson.Write(happened))!.AsObject();
            var kind = kinds[$"{json["event"]}"];
            var known = kind["properties"]!.AsObject().Select(p => p.Key).Append("version");
            var required = kind["required"]!.AsArray().Select(name => $"{name}");

            json.Select(p => p.Key).Except(known, StringComparer.Ordinal).ShouldBeEmpty($"{json}");
            required.Except(json.Select(p => p.Key), StringComparer.Ordinal).ShouldBeEmpty($"{json}");
        }
    }

    private static JsonNode Schema()
    {
        var schema = SweepEventJson.Options.GetJsonSchemaAsNode(
            typeof(SweepEvent), new JsonSchemaExporterOptions { TransformSchemaNode = Named }).AsObject();
        return new JsonObject(
            schema.DeepClone().AsObject().Prepend(
                KeyValuePair.Create<string, JsonNode?>(
                    "$schema", "https://json-schema.org/draft/2020-12/schema"))
                .Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
    }

    /// <summary>Values that converters of our own write.</summary>
    private static JsonNode Named(JsonSchemaExporterContext context, JsonNode node)
    {
        var type = context.TypeInfo.Type;
        return type == typeof(CommandId) ? Text("^[0-9a-f]{32}$")
            : type == typeof(AttemptId) ? Text("^.*/[0-9]+\\.[0-9]+$")
            : type == typeof(ImmutableSortedDictionary<string, string>)
                ? Dictionary(new() { ["type"] = "string" })
            : type == typeof(ImmutableSortedDictionary<string, ParameterValue>) ? Dictionary([])
            : WithoutComputed(context.TypeInfo, node);
    }

    /// <summary>What is computed from other properties is not stored.</summary>
    private static JsonNode WithoutComputed(JsonTypeInfo type, JsonNode node)
    {
        var computed = type.Kind is JsonTypeInfoKind.Object
            ? type.Properties.Where(p => p.Set is null && p.AssociatedParameter is null)
            : [];
        foreach (var property in computed)
        {
            (node as JsonObject)?["properties"]?.AsObject().Remove(property.Name);
        }

        return node;
    }

    private static JsonObject Dictionary(JsonObject values) =>
        new() { ["type"] = "object", ["additionalProperties"] = values };

    private static JsonObject Text(string pattern) => new() { ["type"] = "string", ["pattern"] = pattern };
}
