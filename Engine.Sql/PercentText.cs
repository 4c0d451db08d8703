using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Engine.Sql;

/// <summary>
/// Text as addresses write it: a byte of its UTF-8 may stand as a percent sign and two hexadecimal digits.
/// <see cref="Uri.UnescapeDataString(string)"/> leaves what is wrong as it is.
/// </summary>
internal static class PercentText
{
    private const int DigitsOfByte = 2;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads a text.</summary>
    /// <param name="written">As it stands in the address.</param>
    /// <param name="text">What it says; without control characters, which no name or path here has.</param>
    /// <returns>Whether it says anything that can be meant.</returns>
    public static bool TryRead(string written, [NotNullWhen(true)] out string? text)
    {
        text = null;
        try
        {
            var bytes = new List<byte>(written.Length);
            for (var at = 0; at < written.Length; at++)
            {
                var rest = written.AsSpan(at);
                if (rest[0] != '%')
                {
                    var length = char.IsSurrogate(rest[0]) ? 2 : 1;
                    bytes.AddRange(Strict.GetBytes(written, at, Math.Min(length, rest.Length)));
                    at += length - 1;
                }
                else if (ByteOf(rest[1..]) is { } escaped)
                {
                    bytes.Add(escaped);
                    at += DigitsOfByte;
                }
                else
                {
                    return false;
                }
            }

            text = Strict.GetString([.. bytes]);
        }
        catch (ArgumentException)   // bytes or characters that are no Unicode text
        {
            return false;
        }

        return !text.Any(char.IsControl);
    }

    private static byte? ByteOf(ReadOnlySpan<char> digits) =>
        digits.Length >= DigitsOfByte && byte.TryParse(
            digits[..DigitsOfByte],
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out var value)
            ? value
            : null;
}
