using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Engine.Sql;
using Engine.Sql.Postgres;

namespace Tests.EngineSql;

/// <summary>Why a server's certificate is refused, said of certificates of our own and a given time.</summary>
public sealed class ServerRefusalTests : IDisposable
{
    private static readonly DateTimeOffset From = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = From.AddYears(1);

    private readonly X509Certificate2 _authority = Make("authority", null, _ => { });
    private readonly List<IDisposable> _made = [];

    [Theory]
    [InlineData(PostgresSslMode.VerifyFull)]
    [InlineData(PostgresSslMode.VerifyCa)]
    public void A_certificate_that_is_right_is_accepted(PostgresSslMode mode)
    {
        var refusal = Of(mode);
        refusal.Accepts(Server(), Chain(Server(), From.AddDays(1)), SslPolicyErrors.None).ShouldBeTrue();
        refusal.Explain().ShouldBeNull();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(400)]
    public void A_time_outside_of_its_validity_is_named(int days)
    {
        var server = Server();
        var refusal = Of(PostgresSslMode.VerifyCa);
        refusal.Accepts(
            server, Chain(server, From.AddDays(days)), SslPolicyErrors.RemoteCertificateChainErrors).ShouldBeFalse();
        refusal.Explain()!.Message.ShouldContain(
            "is valid only from 2026-01-02 00:00 to 2027-01-02 00:00 UTC, and not now: ");
    }

    [Fact]
    public void Another_host_counts_only_where_the_host_is_to_be_verified()
    {
        var server = Server();
        var chain = Chain(server, From.AddDays(1));
        Of(PostgresSslMode.VerifyCa).Accepts(
            server, chain, SslPolicyErrors.RemoteCertificateNameMismatch).ShouldBeTrue();
        var refusal = Of(PostgresSslMode.VerifyFull);
        refusal.Accepts(server, chain, SslPolicyErrors.RemoteCertificateNameMismatch).ShouldBeFalse();
        refusal.Explain()!.Message.ShouldContain(
            "its certificate is for head.example.org, 10.0.0.1 and not for the host head: ");
    }

    [Fact]
    public void A_stranger_s_signature_weighs_more_than_another_host()
    {
        using var stranger = Make("stranger", null, _ => { });
        using var server = Make("head", stranger, _ => { });
        var refusal = Of(PostgresSslMode.VerifyFull);
        refusal.Accepts(
            server,
            Chain(server, From.AddDays(1)),
            SslPolicyErrors.RemoteCertificateChainErrors | SslPolicyErrors.RemoteCertificateNameMismatch)
            .ShouldBeFalse();
        refusal.Explain()!.Message.ShouldContain("because no authority of ca.crt signed its certificate: ");
    }

    [Fact]
    public void A_server_without_a_certificate_is_refused()
    {
        var refusal = Of(PostgresSslMode.VerifyCa);
        refusal.Accepts(null, null, SslPolicyErrors.RemoteCertificateNotAvailable).ShouldBeFalse();
        refusal.Explain()!.Message.ShouldContain("because it shows no certificate: ");
    }

    public void Dispose()
    {
        _made.ForEach(made => made.Dispose());
        _authority.Dispose();
    }

    private static ServerRefusal Of(PostgresSslMode mode) => new(
        new StoreAddress.Postgres("head", 5432, "d", "u", mode, "ca.crt", null, null, TimeSpan.FromSeconds(10)),
        "ca.crt");

    private X509Certificate2 Server()
    {
        var server = Make("head", _authority, request =>
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("head.example.org");
            names.AddIpAddress(IPAddress.Parse("10.0.0.1"));
            request.CertificateExtensions.Add(names.Build());
        });
        _made.Add(server);
        return server;
    }

    private X509Chain Chain(X509Certificate2 server, DateTimeOffset now)
    {
        var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                VerificationTime = now.UtcDateTime,
                VerificationTimeIgnored = false,
            },
        };
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        chain.Build(server);
        _made.Add(chain);
        return chain;
    }

    private static X509Certificate2 Make(
        string name, X509Certificate2? authority, Action<CertificateRequest> extend)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        if (authority is null)
        {
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            return request.CreateSelfSigned(From.AddYears(-9), From.AddYears(9));
        }

        extend(request);
        return request.Create(authority, From, To, [1, 2, 3]);
    }
}
