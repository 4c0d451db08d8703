using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Shared.Engine;

namespace Engine.Sql.Postgres;

/// <summary>Accepts or refuses the certificate of one server, and keeps why it was refused.</summary>
/// <param name="address">Where the server is, and how far it is to be trusted.</param>
/// <param name="root">File of the trusted authorities; nothing for those of the system.</param>
internal sealed class ServerRefusal(StoreAddress.Postgres address, string? root)
{
    private const string WhoCanRepair = "whoever runs the server can renew it";

    private string? _why;   // with what to do, after a colon

    /// <summary>Whether a certificate is good enough for the address's mode.</summary>
    /// <param name="certificate">The server's; nothing where it shows none.</param>
    /// <param name="chain">As the platform built it.</param>
    /// <param name="errors">What the platform found.</param>
    public bool Accepts(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var counted = address.SslMode is PostgresSslMode.VerifyCa
            ? errors & ~SslPolicyErrors.RemoteCertificateNameMismatch
            : errors;
        _why = counted is SslPolicyErrors.None ? null : Why(certificate, chain, counted);
        return _why is null;
    }

    /// <summary>The refusal as people see it; nothing where the server was not refused.</summary>
    public StoreUnusableException? Explain() => _why is null
        ? null
        : new StoreUnusableException($"the server of the store {address} is not trusted, {_why}");

    private string Why(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return $"because it shows no certificate: {WhoCanRepair}";
        }

        return errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)
            ? WhyChain(certificate, chain)
            : $"because its certificate is for {Names(certificate)} and not for the host {address.Host}: "
                + "name it so in the address, or have a certificate made for this name";
    }

    private string WhyChain(X509Certificate2 certificate, X509Chain? chain)
    {
        var found = (chain?.ChainStatus ?? []).Aggregate(
            X509ChainStatusFlags.NoError, (flags, status) => flags | status.Status);
        const X509ChainStatusFlags Strange =
            X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;
        if ((found & Strange) is not X509ChainStatusFlags.NoError)
        {
            return $"because no authority of {root ?? "this system"} signed its certificate: "
                + "name the file of the one that did with sslrootcert in the address";
        }

        return found.HasFlag(X509ChainStatusFlags.NotTimeValid)
            ? $"because a certificate of it is valid only {Validity(chain, certificate)}, and not now: "
                + $"{WhoCanRepair}; see this box's clock too"
            : $"because its certificate does not serve ({found}): {WhoCanRepair}";
    }

    private static string Validity(X509Chain? chain, X509Certificate2 certificate)
    {
        var late = chain?.ChainElements.FirstOrDefault(element =>
            element.ChainElementStatus.Any(status => status.Status is X509ChainStatusFlags.NotTimeValid))
            ?.Certificate ?? certificate;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"from {late.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm} to "
            + $"{late.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC");
    }

    private static string Names(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        string[] all =
        [
            .. names?.EnumerateDnsNames() ?? [],
            .. names?.EnumerateIPAddresses().Select(number => number.ToString()) ?? [],
        ];
        return all.Length > 0 ? string.Join(", ", all) : certificate.GetNameInfo(X509NameType.DnsName, false);
    }
}
