namespace Shared.Diagnosis;

/// <summary>One line of <c>./sweep doctor</c>.</summary>
/// <param name="Part">What was looked at, such as <c>store</c>.</param>
/// <param name="Level">How it is.</param>
/// <param name="Found">What was found, one sentence without its full stop.</param>
/// <param name="Repair">The line that repairs it; nothing when all is well.</param>
public sealed record Finding(string Part, FindingLevel Level, string Found, string? Repair = null);

/// <summary>How a part of the machine is.</summary>
public enum FindingLevel
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>A default run works, something else may not.</summary>
    Warn,

    /// <summary>A default run does not work.</summary>
    Wrong,
}
