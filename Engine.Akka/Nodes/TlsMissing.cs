using Akka.Actor.Setup;

namespace Engine.Akka.Nodes;

/// <summary>In place of encryption, with an Akka.Remote that is too old for it: <see cref="TlsRule"/> refuses.</summary>
internal static class Tls
{
    /// <summary>Whether this build can encrypt.</summary>
    public static bool IsBuiltIn => false;

    /// <summary>Lines of HOCON that switch it on.</summary>
    public static string Config => throw new NotSupportedException();

    /// <summary>The node's certificate, and whom it trusts.</summary>
    public static Setup SetupOf(TlsFiles files) => throw new NotSupportedException(files.Certificate);
}
