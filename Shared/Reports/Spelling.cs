using System.Globalization;
using System.Text.Json;
using Shared.Statistics;

namespace Shared.Reports;

/// <summary>
/// How a report spells values: exactly where a program reads them, rounded where a person does.
/// </summary>
internal static class Spelling
{
    /// <summary>Larger exponents of ten, and smaller ones than its negative, are written as such.</summary>
    private const int PlainExponent = 5;

    private const int Digits = 3;   // of a rounded number
    private const int MostDigits = 9;   // that a person is shown

    /// <summary>An enumeration's value in kebab-case.</summary>
    public static string Kebab<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>
    /// A number for a program, in the shortest exact form; empty when missing or not finite.
    /// </summary>
    public static string Exact(double? value) =>
        value is { } number && double.IsFinite(number) ? CanonicalJson.Number(number) : "";

    /// <summary>A number for a person, three significant digits; <c>—</c> when missing.</summary>
    public static string Rounded(double? value) => Rounded(value, Digits);

    private static string Rounded(double? value, int digits)
    {
        if (value is not { } number)
        {
            return "—";
        }

        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "NaN" : number > 0 ? "∞" : "−∞";
        }

        if (number == 0)
        {
            return "0";
        }

        var exponent = Exponent(number);
        return Math.Abs(exponent) > PlainExponent
            ? Scientific(number, digits)
            : Fixed(number, digits - 1 - exponent);
    }

    /// <summary>Two numbers for a person, rounded with as many digits as tell them apart.</summary>
    public static (string First, string Second) Apart(double first, double second)
    {
        var (one, other) = (Rounded(first), Rounded(second));
        for (var digits = Digits + 1; digits <= MostDigits && one == other && first != second; digits++)
        {
            (one, other) = (Rounded(first, digits), Rounded(second, digits));
        }

        return (one, other);
    }

    /// <summary>A difference for a person: rounded, with its sign.</summary>
    public static string Signed(double value) => value > 0 ? "+" + Rounded(value) : Rounded(value);

    /// <summary>Mean ± standard deviation, both cut where the deviation's second digit stands.</summary>
    public static string MeanAndDeviation(double mean, double? deviation)
    {
        var (middle, spread) = Split(mean, deviation);
        return spread.Length == 0 ? middle : $"{middle} ± {spread}";
    }

    /// <summary>Mean and standard deviation as two texts; the second is empty where there is none.</summary>
    public static (string Mean, string Deviation) Split(double mean, double? deviation)
    {
        if (deviation is not { } spread || spread <= 0 || !double.IsFinite(spread))
        {
            return (Rounded(mean), deviation is 0 ? "0" : "");
        }

        var exponent = Math.Max(Exponent(mean), Exponent(spread));
        if (Math.Abs(exponent) > PlainExponent)
        {
            return (Scientific(mean), Scientific(spread));
        }

        var decimals = Math.Min(1 - Exponent(spread), 2 - exponent + 1);
        return (Fixed(mean, decimals), Fixed(spread, decimals));
    }

    /// <summary>A tick of an axis, with the digits that its step needs.</summary>
    /// <param name="value">Where the tick is.</param>
    /// <param name="step">Distance of ticks; 0 on a logarithmic axis.</param>
    public static string Tick(double value, double step)
    {
        var exponent = Exponent(value);
        if (Math.Abs(exponent) >= PlainExponent && value != 0 && Math.Abs(value) > step / 2)
        {
            return WithSign(Math.Abs(value).ToString("0.##e+0", CultureInfo.InvariantCulture), value);
        }

        return Fixed(value, step > 0 ? -Exponent(step * 1.0001) : -exponent);
    }

    /// <summary>A count with its noun: <c>1 trial</c>, <c>3 trials</c>.</summary>
    public static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>A count of a total, and between which shares the true one lies at 95 % (Wilson).</summary>
    public static string Share(int count, int of)
    {
        if (of == 0)
        {
            return "0 of 0";
        }

        var interval = WilsonInterval.Of(count, of);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{count} of {of} ({100 * interval.Lower:0} to {100 * interval.Upper:0}\u00a0%)");
    }

    /// <summary>A length of time for a person: <c>3 h 5 min</c>, <c>2 min 40 s</c>, <c>7.5 s</c>.</summary>
    public static string Length(TimeSpan length) => length switch
    {
        { TotalHours: >= 1 } => string.Create(
            CultureInfo.InvariantCulture, $"{(long)length.TotalHours} h {length.Minutes} min"),
        { TotalMinutes: >= 1 } => string.Create(
            CultureInfo.InvariantCulture, $"{length.Minutes} min {length.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{length.TotalSeconds:0.#} s"),
    };

    /// <summary>A time in universal time, to the second.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A time for a program: ISO 8601 in universal time.</summary>
    public static string Instant(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static int Exponent(double value) =>
        value == 0 ? 0 : (int)Math.Floor(Math.Log10(Math.Abs(value)));

    private static string Fixed(double value, int decimals) =>
        WithSign(
            Math.Abs(value).ToString($"F{Math.Clamp(decimals, 0, 9)}", CultureInfo.InvariantCulture), value);

    private static string Scientific(double value, int digits = Digits) => WithSign(
        Math.Abs(value).ToString($"0.{new string('0', digits - 1)}e+0", CultureInfo.InvariantCulture), value);

    private static string WithSign(string magnitude, double value) =>
        value < 0 && magnitude.AsSpan().ContainsAnyInRange('1', '9') ? "−" + magnitude : magnitude;
}
