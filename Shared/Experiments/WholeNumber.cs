using System.Text.Json;

namespace Shared.Experiments;

/// <summary>Whole numbers by value, not by spelling: <c>1e3</c> and <c>1000.0</c> are both 1000.</summary>
internal static class WholeNumber
{
    /// <summary>The 64-bit whole number that a JSON value is, or nothing.</summary>
    public static long? From(JsonElement element)
    {
        if (element.ValueKind is not JsonValueKind.Number)
        {
            return null;
        }

        if (element.TryGetInt64(out var whole))
        {
            return whole;
        }

        // The decimal is exact up to 28 digits but turns what is tiny into 0, which the double sees.
        return element.TryGetDecimal(out var number) && decimal.IsInteger(number)
            && number is >= long.MinValue and <= long.MaxValue
            && (number == 0) == (element.GetDouble() == 0)
            ? (long)number
            : null;
    }
}
