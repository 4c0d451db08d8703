using Akka.Remote;

namespace Engine.Akka.Nodes;

/// <summary>
/// Beyond this machine a cluster is encrypted, both sides show a certificate, and both look whose it is; an
/// Akka.NET that cannot do that is not used there.
/// </summary>
/// <remarks>
/// Mutual authentication came with 1.5.52, looking at host names with 1.5.53 and on both sides with 1.5.55; the
/// vendor advises 1.5.56. Older versions ignore the settings in silence, so that the loaded version is asked.
/// </remarks>
internal static class TlsRule
{
    private static readonly Version Oldest = new(1, 5, 56);

    /// <summary>The version of Akka.Remote that is loaded.</summary>
    public static Version Loaded { get; } = typeof(RemoteActorRefProvider).Assembly.GetName().Version!;

    /// <summary>Says what is missing for a cluster of several machines.</summary>
    /// <param name="files">The certificates of this node.</param>
    /// <param name="problems">Takes a sentence each.</param>
    public static void Check(TlsFiles? files, List<string> problems) => Check(files, Loaded, problems);

    /// <summary>Says what is missing with a version of Akka.Remote.</summary>
    public static void Check(TlsFiles? files, Version loaded, List<string> problems)
    {
        if (loaded < Oldest || !Tls.IsBuiltIn)
        {
            problems.Add(
                $"Akka.Remote {loaded.ToString(3)} cannot protect a cluster beyond this machine: build with "
                + $"{Oldest} or newer, or use 127.0.0.1 everywhere");
        }

        if (files is null)
        {
            problems.Add(
                "a cluster beyond this machine needs certificates: set SWEEP_TLS_CERTIFICATE and SWEEP_TLS_CA");
            return;
        }

        Require(files.Certificate, "SWEEP_TLS_CERTIFICATE", problems);
        Require(files.Authority, "SWEEP_TLS_CA", problems);
        if (files.PasswordFile.Length > 0)
        {
            Require(files.PasswordFile, "SWEEP_TLS_PASSWORD_FILE", problems);
        }
    }

    private static void Require(string path, string variable, List<string> problems)
    {
        if (path.Length == 0)
        {
            problems.Add($"{variable} is not set");
        }
        else if (!File.Exists(path))
        {
            problems.Add($"{variable} names {path}, and there is no such file");
        }
    }
}
