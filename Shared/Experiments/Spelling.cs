using System.Text;

namespace Shared.Experiments;

/// <summary>
/// How names of code are spelt in files: <c>StepSize</c> is <c>step_size</c> as a key, <c>step-size</c> as a
/// value.
/// </summary>
internal static class Spelling
{
    /// <summary>Lower case, words joined by underscores: keys.</summary>
    public static string Snake(string name) => Join(name, '_');

    /// <summary>Lower case, words joined by hyphens: values of enumerations.</summary>
    public static string Kebab(string name) => Join(name, '-');

    /// <summary>
    /// Whether a text is lower-case letters, digits and hyphens, and begins with no hyphen.
    /// </summary>
    public static bool IsKebab(string text) =>
        text.Length > 0
        && text[0] != '-'
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static string Join(string name, char separator)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(name[i]) && !char.IsAsciiLetterUpper(name[i - 1]))
            {
                text.Append(separator);
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
