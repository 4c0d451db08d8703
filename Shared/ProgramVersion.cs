using System.Reflection;

namespace Shared;

/// <summary>Which program this is: a hash over the source trees that decide results.</summary>
public static class ProgramVersion
{
    /// <summary>
    /// The git tree hashes of Shared, Worker, Training and Torch, condensed to 16 hex digits; followed by
    /// <c>+</c> and a hash of the difference when the working tree was changed; <c>unversioned</c> without
    /// git.
    /// </summary>
    /// <remarks>Written into the assembly by <c>Shared/ProgramVersion.targets</c>.</remarks>
    public static string Current { get; } = typeof(ProgramVersion).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "Program").Value!;
}
