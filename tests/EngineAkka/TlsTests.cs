using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Engine.Akka;
using Engine.Akka.Nodes;
using Engine.Sql;
using Shared.Engine;

namespace Tests.EngineAkka;

/// <summary>Whom an encrypted node talks to.</summary>
public sealed class TlsTests : IDisposable
{
    private static readonly DateTimeOffset Begin = TimeProvider.System.GetUtcNow().AddDays(-1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("akka-tls-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Only_what_the_one_authority_signed_is_trusted_and_only_for_its_host()
    {
        using var ours = Authority("ours");
        using var theirs = Authority("theirs");
        using var node = Signed(ours, "node");
        using var stranger = Signed(theirs, "node");

        Tls.IsTrusted(node, ours, SslPolicyErrors.RemoteCertificateChainErrors).ShouldBeTrue();
        Tls.IsTrusted(stranger, ours, SslPolicyErrors.None).ShouldBeFalse();
        Tls.IsTrusted(node, ours, SslPolicyErrors.RemoteCertificateNameMismatch).ShouldBeFalse();
        Tls.IsTrusted(null, ours, SslPolicyErrors.RemoteCertificateNotAvailable).ShouldBeFalse();
    }

    [Fact]
    public async Task An_encrypted_coordinator_answers_a_client_of_its_authority_and_no_other()
    {
        using var ours = Authority("ours");
        using var theirs = Authority("theirs");
        var mine = Files(ours, ours, "mine");
        var settings = TestCluster.Settings(mine);
        await using var node = CoordinatorNode.Start(
            settings,
            TestCluster.Layers(),
            JournalPlace.Of(Store),
            await StoreOpening.OpenIndexedAsync(Store, StoreMode.Create, TimeProvider.System),
            TimeProvider.System);

        var view = await (await ClientAsync(settings, mine, 30)).DescribeAsync(default);
        view.Coordinator.ShouldStartWith("akka.ssl.tcp://");

        var stranger = await ClientAsync(settings, Files(theirs, ours, "stranger"), 4);
        await Should.ThrowAsync<StoreUnreachableException>(() => stranger.DescribeAsync(default));
        await stranger.DisposeAsync();
    }

    private StoreAddress.Sqlite Store => new(Path.Combine(_folder.FullName, "store.db"));

    private async Task<AkkaEngine> ClientAsync(ClusterSettings settings, TlsFiles files, int seconds)
    {
        var client = settings with
        {
            Role = NodeRole.Client,
            Port = 0,
            Tls = files,
            AnswerLimit = TimeSpan.FromSeconds(seconds),
        };
        var rows = await StoreOpening.OpenIndexedAsync(Store, StoreMode.Create, TimeProvider.System);
        return new AkkaEngine(
            rows.Store, new ClientLink(() => (client, TestCluster.Layers("", NodeRole.Client))));
    }

    private TlsFiles Files(X509Certificate2 signer, X509Certificate2 trusted, string name)
    {
        using var certificate = Signed(signer, name);
        var files = new TlsFiles(PathOf(name + ".p12"), PathOf(name + ".password"), PathOf(name + ".ca.pem"));
        File.WriteAllBytes(files.Certificate, certificate.Export(X509ContentType.Pkcs12, "secret"));
        File.WriteAllText(files.PasswordFile, "secret\n");
        File.WriteAllText(files.Authority, trusted.ExportCertificatePem());
        return files;
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(Begin, Begin.AddDays(30));
    }

    private static X509Certificate2 Signed(X509Certificate2 authority, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(
            authority, Begin, Begin.AddDays(20), RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }
}
