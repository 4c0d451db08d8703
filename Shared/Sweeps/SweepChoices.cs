using System.Collections.Immutable;

namespace Shared.Sweeps;

/// <summary>What the command line changed in a sweep file; part of a sweep's provenance.</summary>
/// <param name="Scale">Name of the scale it was run at, or nothing for the file's own values.</param>
/// <param name="Settings">
/// Each <c>KEY=VALUE</c> that replaced a key, in the order given; a setting wins over a scale.
/// </param>
public sealed record SweepChoices(string? Scale, ImmutableArray<string> Settings)
{
    /// <summary>The file as it stands.</summary>
    public static SweepChoices None { get; } = new(null, []);

    /// <summary>Whether the file is taken as it stands.</summary>
    public bool IsNone => Scale is null && Settings.IsEmpty;

    /// <summary>As a command line would say it: <c>--scale small --set sampler.steps=20</c>.</summary>
    public override string ToString() => string.Join(
        ' ', Settings.Select(s => $"--set {s}").Prepend(Scale is null ? "" : $"--scale {Scale}")
            .Where(part => part.Length > 0));
}
