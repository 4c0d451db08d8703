using System.Collections.Immutable;
using System.Text.Json;
using Shared.Search;

namespace Shared.Experiments;

/// <summary>Which values a parameter takes.</summary>
public abstract record ParameterType
{
    private ParameterType()
    {
    }

    /// <summary>In words, after "expected": <c>a whole number from 1 to 100</c>.</summary>
    public abstract string Expected { get; }

    /// <summary>
    /// The value in the one spelling that this type gives it, or nothing when it is none of this type.
    /// </summary>
    public abstract ParameterValue? Accept(ParameterValue value);

    /// <summary>A number without a fraction.</summary>
    /// <param name="Range">The interval it must lie in.</param>
    public sealed record Whole(ParameterRange Range) : ParameterType
    {
        /// <inheritdoc/>
        public override string Expected =>
            Range.Maximum < long.MaxValue ? $"a whole number {Range}" : "a whole number of 64 bits";

        /// <inheritdoc/>
        public override ParameterValue? Accept(ParameterValue value)
        {
            using var document = JsonDocument.Parse(value.Json);
            return WholeNumber.From(document.RootElement) is { } number && Range.Contains(number)
                ? new ParameterValue(CanonicalJson.Of(JsonSerializer.Serialize(number)))
                : null;
        }
    }

    /// <summary>A finite number.</summary>
    /// <param name="Range">The interval it must lie in.</param>
    public sealed record Number(ParameterRange Range) : ParameterType
    {
        /// <inheritdoc/>
        public override string Expected => $"a number {Range}";

        /// <inheritdoc/>
        public override ParameterValue? Accept(ParameterValue value)
        {
            using var document = JsonDocument.Parse(value.Json);
            return document.RootElement is { ValueKind: JsonValueKind.Number } element
                && element.TryGetDouble(out var number) && double.IsFinite(number) && Range.Contains(number)
                ? new ParameterValue(CanonicalJson.Number(number))
                : null;
        }
    }

    /// <summary>Yes or no.</summary>
    public sealed record Truth : ParameterType
    {
        /// <inheritdoc/>
        public override string Expected => "true or false";

        /// <inheritdoc/>
        public override ParameterValue? Accept(ParameterValue value) =>
            value.Json is "true" or "false" ? value : null;
    }

    /// <summary>One of a few words.</summary>
    /// <param name="Options">The words, kebab-case.</param>
    public sealed record Choice(ImmutableArray<string> Options) : ParameterType
    {
        /// <inheritdoc/>
        public override string Expected => string.Join(" or ", Options);

        /// <inheritdoc/>
        public override ParameterValue? Accept(ParameterValue value) =>
            Options.Any(option => value == OfText(option)) ? value : null;
    }

    /// <summary>A number, or how a number changes along a chain.</summary>
    /// <param name="Range">The interval that every number must lie in.</param>
    public sealed record Varying(ParameterRange Range) : ParameterType
    {
        /// <inheritdoc/>
        public override string Expected => $"a number {Range}, or {ScheduleForm.Examples}";

        /// <inheritdoc/>
        public override ParameterValue? Accept(ParameterValue value)
        {
            using var document = JsonDocument.Parse(value.Json);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                return new Number(Range).Accept(value);
            }

            return ScheduleForm.Read(document.RootElement) is { } schedule
                && ScheduleForm.Fits(schedule, Range)
                ? ScheduleForm.Write(schedule)
                : null;
        }
    }

    /// <summary>A value, or the word <c>none</c>.</summary>
    /// <param name="Inner">Type of the value.</param>
    public sealed record Optional(ParameterType Inner) : ParameterType
    {
        /// <summary>How a file says that there is no value.</summary>
        public static ParameterValue None { get; } = OfText("none");

        /// <inheritdoc/>
        public override string Expected => $"{Inner.Expected}, or none";

        /// <inheritdoc/>
        public override ParameterValue? Accept(ParameterValue value) =>
            value == None ? value : Inner.Accept(value);
    }

    /// <summary>A word as a value.</summary>
    internal static ParameterValue OfText(string text) => new(JsonSerializer.Serialize(text));
}
