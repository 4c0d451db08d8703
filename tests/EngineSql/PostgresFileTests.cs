using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Engine.Sql;
using Engine.Sql.Postgres;
using Shared.Engine;

namespace Tests.EngineSql;

/// <summary>Files that an address or a variable names, before anything connects.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PostgresFileTests : IDisposable
{
    private const string Text = "root:x:0:0:root:/root:/bin/bash\n";

    // How openssl begins such a key; what follows is not looked at.
    private const string Encrypted = "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sweep-test-");

    [Theory]
    [InlineData("sslrootcert=TEXT", "TEXT that sslrootcert in the store's address names is no certificate: ")]
    [InlineData("sslrootcert=MISSING", "MISSING that sslrootcert in the store's address names is missing: ")]
    [InlineData("sslrootcert=.", ". that sslrootcert in the store's address names is a folder: ")]
    [InlineData("sslcert=TEXT&sslkey=TEXT", "TEXT that sslcert in the store's address names is no certificate: ")]
    [InlineData("sslcert=MISSING&sslkey=TEXT", "MISSING that sslcert in the store's address names is missing: ")]
    [InlineData("sslcert=CERT&sslkey=MISSING", "MISSING that sslkey in the store's address names is missing: ")]
    [InlineData("sslcert=CERT&sslkey=.", ". that sslkey in the store's address names is a folder: ")]
    [InlineData("sslcert=CERT&sslkey=TEXT", "TEXT that sslkey in the store's address names is no key of ")]
    [InlineData("sslcert=CERT&sslkey=LOCKED", "LOCKED that sslkey in the store's address names needs a password")]
    [InlineData("sslcert=CERT&sslkey=OPEN", "OPEN that sslkey in the store's address names has a key that others ")]
    public void A_file_that_is_not_what_it_should_be_is_named_with_its_setting(string parameters, string says)
    {
        Write("TEXT", Text);
        Write("LOCKED", Encrypted);
        Write("CERT", SomeCertificate());
        File.SetUnixFileMode(Write("OPEN", Text), (UnixFileMode)0b110_100_100);
        var text = "postgres://u@localhost/d?sslmode=verify-full&"
            + parameters.Replace("=", $"={_folder.FullName}/", StringComparison.Ordinal);
        var address = (StoreAddress.Postgres)StoreAddress.Parse(text)
            .ShouldBeOfType<StoreAddressReply.Parsed>().Address;

        var refused = Should.Throw<StoreUnusableException>(() => new PostgresConnecting(address, "secret"));

        refused.Message.ShouldContain(says.TrimStart('.'));   // a folder's path does not end so
        refused.Message.ShouldStartWith($"the file {_folder.FullName}");
        refused.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void A_password_comes_from_where_it_is_named_first()
    {
        var secret = Write("secret", "from-file\n");
        var lines = Write("lines", "*:*:*:u:from-lines\n");
        Dictionary<string, string?> variables = new()
        {
            ["PGPASSWORD_FILE"] = secret,
            ["PGPASSWORD"] = "from-variable",
            ["PGPASSFILE"] = lines,
        };

        Find(variables).ShouldBe(new PostgresPassword("from-file", null, null));
        variables["PGPASSWORD_FILE"] = "";
        Find(variables).ShouldBe(new PostgresPassword("from-variable", null, null));
        variables["PGPASSWORD"] = null;
        Find(variables).ShouldBe(new PostgresPassword(null, lines, null));
    }

    [Theory]
    [InlineData(0b110_100_000)]
    [InlineData(0b110_000_100)]
    [InlineData(0b110_010_000)]
    [InlineData(0b110_000_001)]
    public void A_file_of_passwords_that_others_may_use_is_not_asked(int mode)
    {
        var lines = Write("lines", "*:*:*:u:secret\n");
        File.SetUnixFileMode(lines, (UnixFileMode)mode);

        var found = Find(new() { ["PGPASSFILE"] = lines });

        found.Text.ShouldBeNull();
        found.File.ShouldBe("/dev/null");
        found.Ignored.ShouldBe(
            $"{lines} is ignored because others than its owner have rights to it: chmod 600 {lines}");
    }

    [Theory]
    [InlineData("PGPASSFILE")]
    [InlineData("PGPASSWORD_FILE")]
    public void A_file_of_passwords_that_is_missing_is_named_with_its_variable(string variable)
    {
        var path = Path.Combine(_folder.FullName, "missing");
        Should.Throw<StoreUnusableException>(() => Find(new() { [variable] = path })).Message.ShouldBe(
            $"the file {path} that {variable} names is missing: see its path");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static PostgresPassword Find(Dictionary<string, string?> variables) =>
        PostgresPassword.Find(name => variables.GetValueOrDefault(name));

    private static string SomeCertificate()
    {
        using var key = ECDsa.Create();
        var request = new CertificateRequest("CN=u", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1));
        return made.ExportCertificatePem();
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
