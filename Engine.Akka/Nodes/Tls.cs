using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor.Setup;
using Akka.Remote.Transport.DotNetty;
using Shared.Engine;

namespace Engine.Akka.Nodes;

/// <summary>
/// Encryption between machines, as <see cref="TlsRule"/> asks for it. Compiled only with an Akka.Remote that has
/// these types.
/// </summary>
internal static class Tls
{
    /// <summary>Whether this build can encrypt.</summary>
    public static bool IsBuiltIn => true;

    /// <summary>Lines of HOCON that switch it on.</summary>
    public static string Config => """
        akka.remote.dot-netty.tcp {
          enable-ssl = on
          ssl {
            suppress-validation = off
            require-mutual-authentication = on
            validate-certificate-hostname = on
          }
        }
        """;

    /// <summary>The node's certificate, and whom it trusts.</summary>
    /// <exception cref="StoreUnusableException">A file cannot be read.</exception>
    public static Setup SetupOf(TlsFiles files)
    {
        try
        {
            var password = files.PasswordFile.Length == 0
                ? null
                : File.ReadLines(files.PasswordFile).FirstOrDefault();
            var own = X509CertificateLoader.LoadPkcs12FromFile(files.Certificate, password);
            var authority = X509CertificateLoader.LoadCertificateFromFile(files.Authority);
            return new DotNettySslSetup(
                own,
                suppressValidation: false,
                requireMutualAuthentication: true,
                validateCertificateHostname: true,
                (certificate, _, _, errors, _) => IsTrusted(certificate, authority, errors));
        }
        catch (Exception failure)
            when (failure is IOException or UnauthorizedAccessException
                or System.Security.Cryptography.CryptographicException)
        {
            throw new StoreUnusableException($"the node's certificates cannot be read: {failure.Message}");
        }
    }

    /// <summary>
    /// Whether a peer's certificate is signed by the one authority and, where it serves, of the host that was
    /// asked for. The system's own bundle is no authority here: it would admit any certificate there is.
    /// </summary>
    /// <param name="certificate">What the peer showed.</param>
    /// <param name="authority">Who must have signed it.</param>
    /// <param name="errors">What the system found; its view of the chain is not asked.</param>
    public static bool IsTrusted(X509Certificate2? certificate, X509Certificate2 authority, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;   // a private authority publishes no list
        return chain.Build(certificate);
    }
}
