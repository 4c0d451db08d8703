using System.Security.Cryptography.X509Certificates;
using Npgsql;
using Shared.Engine;

namespace Engine.Sql.Postgres;

/// <summary>The certificates of a connection: whom it trusts, and what it shows itself.</summary>
/// <remarks>
/// The platform verifies the server's certificate, with the authorities of <c>sslrootcert</c> where they are
/// given; only that a refusal has its reason is ours, because Npgsql's own verification gives none.
/// </remarks>
internal sealed class PostgresTrust
{
    // As libpq: a key of root may be readable by its group.
    private const UnixFileMode Others =
        UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly StoreAddress.Postgres _address;
    private readonly NamedFile? _root;
    private readonly X509Certificate2Collection _authorities = [];

    /// <summary>Reads the files that an address names.</summary>
    /// <exception cref="StoreUnusableException">One cannot be read, or is not what it should be.</exception>
    public PostgresTrust(StoreAddress.Postgres address)
    {
        _address = address;
        if (IsVerified)
        {
            _root = NamedFile.Find(address.RootCertificate, "sslrootcert", "PGSSLROOTCERT", "root.crt");
            _authorities = _root?.ReadAs(Authorities, "certificate") ?? [];
        }

        if (address.SslMode is not PostgresSslMode.Disable)
        {
            (Certificate, Key) = Own(address);
        }
    }

    /// <summary>Path of the certificate to show; nothing for none.</summary>
    public string? Certificate { get; }

    /// <summary>Path of its key; nothing for none.</summary>
    public string? Key { get; }

    /// <summary>Whether the server's certificate is verified here.</summary>
    public bool IsVerified => _address.SslMode >= PostgresSslMode.VerifyCa;

    /// <summary>Verifies the server of a connection that is to be opened.</summary>
    /// <returns>Why its certificate was refused, once it was.</returns>
    public ServerRefusal Verify(NpgsqlConnection connection)
    {
        var refusal = new ServerRefusal(_address, _root?.Path);
        if (IsVerified)
        {
            connection.SslClientAuthenticationOptionsCallback = options =>
            {
                if (_root is not null)
                {
                    options.CertificateChainPolicy = new X509ChainPolicy
                    {
                        TrustMode = X509ChainTrustMode.CustomRootTrust,
                        RevocationMode = X509RevocationMode.NoCheck,
                    };
                    options.CertificateChainPolicy.CustomTrustStore.AddRange(_authorities);
                }

                options.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                    refusal.Accepts(certificate as X509Certificate2, chain, errors);
            };
        }

        return refusal;
    }

    private static X509Certificate2Collection Authorities(string text)
    {
        var found = new X509Certificate2Collection();
        found.ImportFromPem(text);
        return found.Count > 0 ? found : throw new ArgumentException("no certificate", nameof(text));
    }

    private static (string? Certificate, string? Key) Own(StoreAddress.Postgres address)
    {
        var certificate = NamedFile.Find(address.Certificate, "sslcert", "PGSSLCERT", "postgresql.crt");
        if (certificate is null)
        {
            return (null, null);
        }

        certificate.ReadAs(pem => X509Certificate2.CreateFromPem(pem), "certificate").Dispose();
        if (NamedFile.Find(address.Key, "sslkey", "PGSSLKEY", "postgresql.key") is not { } key)
        {
            throw certificate.Wrong("has no key", "name it with sslkey");
        }

        var text = key.Read();
        if (key.IsOpenTo(Others))
        {
            throw key.Wrong("has a key that others may use", $"chmod 600 {key.Path}");
        }

        if (text.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            throw key.Wrong(
                "needs a password, which nothing here can give",
                "name a key without one, readable by you alone");
        }

        key.ReadAs(
            pem => X509Certificate2.CreateFromPem(certificate.Read(), pem),
            $"key of the certificate {certificate.Path}").Dispose();
        return (certificate.Path, key.Path);
    }
}
