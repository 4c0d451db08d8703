using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Worker.Hosting;

/// <summary>Says in one line why tensors cannot be computed here, and what to do about it.</summary>
public static class NativePart
{
    /// <summary>What to do where the shim or the system's libtorch does not load.</summary>
    public const string OwnRepair =
        "apt-get install libtorch-dev libopenblas0-pthread, then rm -rf artifacts and ./sweep doctor again";

    /// <summary>What to do where the TorchSharp package does not load.</summary>
    public const string PackageRepair =
        "run ./sweep --with none, which takes this system's own libtorch; "
        + "or use a system with a newer C++ library, such as Debian 13";

    private const string PackageName = "TorchSharp";
    private const string PackageLibrary = "LibTorchSharp";

    /// <summary>What to do where it does not load in this build.</summary>
    public static string Repair => IsOfPackage ? PackageRepair : OwnRepair;

    /// <summary>Whether tensors are those of the TorchSharp package.</summary>
    public static bool IsOfPackage => typeof(Tensor).Assembly.GetName().Name == PackageName;

    /// <summary>Why the native part does not load, where that is what failed; null where it is not.</summary>
    /// <param name="failure">What using a tensor threw.</param>
    public static string? WhyNotLoaded(Exception failure) => failure switch
    {
        TypeInitializationException { InnerException: { } inner } => WhyNotLoaded(inner),
        DllNotFoundException or EntryPointNotFoundException or BadImageFormatException =>
            Cause(failure.Message),
        NotSupportedException when IsOfPackage => WordOfTheLoader() ?? FirstLine(failure),
        _ => null,
    };

    /// <summary>The line of a loader's message that says what is wrong.</summary>
    /// <param name="message">
    /// .NET's: a first line that names the library, then one for each file tried, nearly all of which are absent.
    /// </param>
    public static string Cause(string message)
    {
        var lines = message.Split('\n');
        return (lines.Skip(1)
            .FirstOrDefault(line => line.Contains("not found (required by", StringComparison.Ordinal))
            ?? lines[0]).Trim().TrimEnd('.');
    }

    private static string FirstLine(Exception failure) => failure.Message.Split('\n')[0].TrimEnd('.');

    // TorchSharp says that a package is missing, whatever the system's loader said.
    private static string? WordOfTheLoader()
    {
        try
        {
            _ = NativeLibrary.Load(PackageLibrary, typeof(Tensor).Assembly, null);
            return null;
        }
        catch (DllNotFoundException refusal)
        {
            return Cause(refusal.Message);
        }
    }
}
