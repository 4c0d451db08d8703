using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shared.Search;

namespace Shared.Sweeps;

/// <summary>
/// Events as JSON: <c>{"version":1,"event":"attempt-started",…}</c>, keys camelCase, enum values kebab-case.
/// </summary>
public static class SweepEventJson
{
    /// <summary>Version of the events that this program writes; a stored event is never rewritten.</summary>
    public const int CurrentVersion = 1;

    private static readonly string Prefix = $"{{\"version\":{CurrentVersion},";

    /// <summary>
    /// How values of the core are spelled in JSON; other writers of plans and states use the same spelling.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Build();

    /// <summary>An event as one line of JSON.</summary>
    public static string Write(SweepEvent happened) =>
        string.Concat(Prefix, JsonSerializer.Serialize(happened, Options).AsSpan(1));

    /// <summary>The event that a line of JSON holds.</summary>
    /// <exception cref="JsonException">
    /// The text is no event, or one of a version that this program does not know.
    /// </exception>
    public static SweepEvent Read(string json)
    {
        var version = VersionOf(json);
        if (version != CurrentVersion)
        {
            throw new JsonException(
                $"the event has version {version?.ToString(CultureInfo.InvariantCulture) ?? "none"}, "
                + $"known is {CurrentVersion}");
        }

        return JsonSerializer.Deserialize<SweepEvent>(json, Options)
            ?? throw new JsonException("the event is null");
    }

    private static int? VersionOf(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isVersion = reader.ValueTextEquals("version"u8);
            reader.Read();
            if (isVersion)
            {
                return reader.TokenType is JsonTokenType.Number && reader.TryGetInt32(out var version)
                    ? version
                    : null;
            }

            reader.Skip();
        }

        return null;
    }

    private static JsonSerializerOptions Build()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            IgnoreReadOnlyProperties = true,   // what is computed from other properties is not stored
            AllowOutOfOrderMetadataProperties = true,   // the version comes before the kind of event
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            Converters =
            {
                new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false),
                new CommandIdConverter(),
                new AttemptIdConverter(),
                new ParameterValueConverter(),
                new OrdinalDictionaryConverter<string>(),
                new OrdinalDictionaryConverter<ParameterValue>(),
                new OrdinalDictionaryConverter<ImmutableSortedSet<int>>(),
            },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>A command's id as 32 hex digits.</summary>
    private sealed class CommandIdConverter : JsonConverter<CommandId>
    {
        public override CommandId Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Parse(reader.GetString());

        public override void Write(Utf8JsonWriter writer, CommandId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());

        public override CommandId ReadAsPropertyName(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Parse(reader.GetString());

        public override void WriteAsPropertyName(
            Utf8JsonWriter writer, CommandId value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.ToString());

        private static CommandId Parse(string? text) => Guid.TryParseExact(text, "N", out var id)
            ? new CommandId(id)
            : throw new JsonException($"'{text}' is no command id");
    }

    /// <summary>An attempt's id as <c>sweep/trial.number</c>.</summary>
    private sealed class AttemptIdConverter : JsonConverter<AttemptId>
    {
        public override AttemptId Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString() ?? "";
            var slash = text.LastIndexOf('/');
            var dot = text.LastIndexOf('.');
            return slash >= 0 && dot > slash
                && int.TryParse(
                    text.AsSpan(slash + 1, dot - slash - 1), NumberStyles.None, null, out var trial)
                && int.TryParse(text.AsSpan(dot + 1), NumberStyles.None, null, out var number)
                    ? new AttemptId(text[..slash], trial, number)
                    : throw new JsonException($"'{text}' is no attempt id");
        }

        public override void Write(Utf8JsonWriter writer, AttemptId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }

    /// <summary>A parameter's value as the JSON that it holds.</summary>
    private sealed class ParameterValueConverter : JsonConverter<ParameterValue>
    {
        public override bool HandleNull => true;

        public override ParameterValue Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return new ParameterValue(document.RootElement.GetRawText());
        }

        public override void Write(
            Utf8JsonWriter writer, ParameterValue value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Json, skipInputValidation: true);
    }

    /// <summary>A dictionary that is in ordinal order again after it was read.</summary>
    private sealed class OrdinalDictionaryConverter<T> : JsonConverter<ImmutableSortedDictionary<string, T>>
    {
        public override ImmutableSortedDictionary<string, T> Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            (JsonSerializer.Deserialize<Dictionary<string, T>>(ref reader, options) ?? [])
                .ToImmutableSortedDictionary(StringComparer.Ordinal);

        public override void Write(
            Utf8JsonWriter writer, ImmutableSortedDictionary<string, T> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (key, item) in value)
            {
                writer.WritePropertyName(key);
                JsonSerializer.Serialize(writer, item, options);
            }

            writer.WriteEndObject();
        }
    }
}
