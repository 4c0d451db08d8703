using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;

namespace Engine.Sql;

/// <summary>
/// Addresses of PostgreSQL stores as text:
/// <c>postgres://USER@HOST[:PORT]/DATABASE[?PARAMETER=VALUE&amp;…]</c>, where the parameters are <c>sslmode</c>,
/// <c>sslrootcert</c>, <c>sslcert</c>, <c>sslkey</c> and <c>connect_timeout</c>.
/// Npgsql does not read such addresses, and reads settings that this program does not want.
/// </summary>
internal static class PostgresUrl
{
    private const string Scheme = "postgres://";
    private const string Form = "postgres://USER@HOST/DATABASE";
    private const string PasswordPlaces =
        "give the password by PGPASSWORD, a file named by PGPASSWORD_FILE, or .pgpass";

    private const int DefaultPort = 5432;
    private const int LongestConnectSeconds = 600;
    private const int LongestNameBytes = 63;   // the server cuts longer ones off without a word

    private static readonly TimeSpan DefaultConnectTimeout = TimeSpan.FromSeconds(10);

    private static readonly ImmutableArray<string> Parameters =
        ["sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout"];

    private static readonly ImmutableDictionary<string, PostgresSslMode> Modes =
        new Dictionary<string, PostgresSslMode>(StringComparer.Ordinal)
        {
            ["disable"] = PostgresSslMode.Disable,
            ["prefer"] = PostgresSslMode.Prefer,
            ["require"] = PostgresSslMode.Require,
            ["verify-ca"] = PostgresSslMode.VerifyCa,
            ["verify-full"] = PostgresSslMode.VerifyFull,
        }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>Reads what follows the scheme's colon.</summary>
    public static StoreAddressReply Parse(string afterScheme) => new Reading().Read(afterScheme);

    /// <summary>An address as text, without what is as it would be anyway.</summary>
    public static string Write(StoreAddress.Postgres address)
    {
        var host = address.Host.Contains(':', StringComparison.Ordinal) ? $"[{address.Host}]" : address.Host;
        var port = address.Port == DefaultPort
            ? "" : string.Create(CultureInfo.InvariantCulture, $":{address.Port}");
        var mode = address.SslMode == DefaultMode(address.Host)
            ? null : Modes.Single(m => m.Value == address.SslMode).Key;
        var timeout = address.ConnectTimeout == DefaultConnectTimeout
            ? null : address.ConnectTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        var values = Parameters
            .Zip([mode, address.RootCertificate, address.Certificate, address.Key, timeout])
            .Where(parameter => parameter.Second is not null)
            .Select(parameter => $"{parameter.First}={EscapePath(parameter.Second!)}")
            .ToList();
        var query = values.Count == 0 ? "" : "?" + string.Join('&', values);
        return $"{Scheme}{Uri.EscapeDataString(address.User)}@{host}{port}"
            + $"/{Uri.EscapeDataString(address.Database)}{query}";
    }

    private static PostgresSslMode DefaultMode(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var number) && IPAddress.IsLoopback(number))
            ? PostgresSslMode.Prefer
            : PostgresSslMode.VerifyFull;

    private static string EscapePath(string text) =>
        Uri.EscapeDataString(text).Replace("%2F", "/", StringComparison.Ordinal);

    private static (string Before, string? After) Cut(string text, char mark)
    {
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
    }

    /// <summary>One reading of an address; the first thing that is wrong is kept.</summary>
    private sealed class Reading
    {
        private StoreAddressReply.Refused? _refused;

        public StoreAddressReply Read(string afterScheme)
        {
            RefusePassword(afterScheme);
            var (path, query) = Cut(afterScheme, '?');
            if (!path.StartsWith("//", StringComparison.Ordinal)
                || path.Contains('#', StringComparison.Ordinal))
            {
                Refuse(StoreAddressProblem.MissingPart, $"the store's address is not of the form {Form}");
                return _refused!;
            }

            var (authority, database) = Cut(path[2..], '/');
            var (user, place) = Cut(authority, '@');
            if (user.Length == 0 || place is null or "" || database is null or ""
                || database.Contains('/', StringComparison.Ordinal))
            {
                Refuse(
                    StoreAddressProblem.MissingPart,
                    $"the store's address names no user, host or database, or more than one: write {Form}");
                return _refused!;
            }

            var address = Assemble(place, database, user, ReadQuery(query));
            RequireThatFilesMatter(address);
            return _refused is null ? new StoreAddressReply.Parsed(address) : _refused;
        }

        private StoreAddress.Postgres Assemble(
            string place, string database, string user, Dictionary<string, string> given)
        {
            var (host, port) = ReadPlace(place);
            var mode = DefaultMode(host);
            if (given.TryGetValue("sslmode", out var text) && !Modes.TryGetValue(text, out mode))
            {
                Wrong("sslmode", "disable, prefer, require, verify-ca or verify-full");
            }

            return new StoreAddress.Postgres(
                host,
                port,
                ReadName("the database", database),
                ReadName("the user", user),
                mode,
                given.GetValueOrDefault("sslrootcert"),
                given.GetValueOrDefault("sslcert"),
                given.GetValueOrDefault("sslkey"),
                ReadTimeout(given.GetValueOrDefault("connect_timeout")));
        }

        private void RequireThatFilesMatter(StoreAddress.Postgres address)
        {
            if (address.RootCertificate is not null && address.SslMode < PostgresSslMode.VerifyCa)
            {
                Wrong("sslrootcert", "given only with sslmode=verify-ca or sslmode=verify-full");
            }

            if (address.Certificate is null != address.Key is null)
            {
                Wrong("sslcert", "given together with sslkey");
            }

            if (address.Key is not null && address.SslMode is PostgresSslMode.Disable)
            {
                Wrong("sslcert", "left out with sslmode=disable");
            }
        }

        // Whatever stands before an '@' may be a password: of such a text nothing is repeated.
        private void RefusePassword(string afterScheme)
        {
            var at = afterScheme.LastIndexOf('@');
            var before = at < 0 ? "" : afterScheme[..at];
            if (before.StartsWith("//", StringComparison.Ordinal))
            {
                before = before[2..];
            }

            if (before.AsSpan().ContainsAny(":/?#@"))
            {
                Refuse(
                    StoreAddressProblem.Password,
                    "the store's address holds a password, or an '@' that is to be written %40: "
                    + PasswordPlaces);
            }
        }

        private (string Host, int Port) ReadPlace(string place)
        {
            var colon = place.LastIndexOf(':');
            if (colon < 0 || place.EndsWith(']'))
            {
                return (HostOf(place), DefaultPort);
            }

            if (!int.TryParse(
                    place[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                || port is 0 or > ushort.MaxValue)
            {
                Wrong("port", "a whole number from 1 to 65535");
            }

            return (HostOf(place[..colon]), port);
        }

        private string HostOf(string text)
        {
            var host = text.StartsWith('[') && text.EndsWith(']') ? text[1..^1] : text;
            if (Uri.CheckHostName(host) is UriHostNameType.Unknown)
            {
                Wrong("host", "the name or the number of a machine");
            }

            return host;
        }

        private Dictionary<string, string> ReadQuery(string? query)
        {
            var given = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var pair in (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
            {
                var (name, value) = Cut(pair, '=');
                if (name == "password")
                {
                    Refuse(
                        StoreAddressProblem.Password,
                        $"the store's address holds a password: {PasswordPlaces}");
                }
                else if (!Parameters.Contains(name))
                {
                    Refuse(
                        StoreAddressProblem.WrongParameter,
                        $"the store's address has an unknown parameter{Quoted(name)}: known are "
                        + string.Join(", ", Parameters));
                }
                else if (value is null or "" || !given.TryAdd(name, ReadText(name, value)))
                {
                    Refuse(
                        StoreAddressProblem.WrongParameter,
                        $"the store's address gives {name} twice or without a value");
                }
            }

            return given;
        }

        private string ReadName(string part, string written)
        {
            var name = ReadText(part, written);
            if (Encoding.UTF8.GetByteCount(name) > LongestNameBytes)
            {
                Wrong(part, $"a name of at most {LongestNameBytes} bytes");
            }

            return name;
        }

        private string ReadText(string part, string written)
        {
            if (PercentText.TryRead(written, out var text))
            {
                return text;
            }

            Wrong(
                part,
                "text without control characters, in which a '%' begins the hexadecimal number of a byte and "
                + "is written %25 itself");
            return "";
        }

        private TimeSpan ReadTimeout(string? text)
        {
            if (text is null)
            {
                return DefaultConnectTimeout;
            }

            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                || seconds is 0 or > LongestConnectSeconds)
            {
                Wrong("connect_timeout", $"whole seconds from 1 to {LongestConnectSeconds}");
            }

            return TimeSpan.FromSeconds(seconds);
        }

        // A name of letters is a slip; anything else may be the rest of a password.
        private static string Quoted(string name) =>
            name.Length <= 30 && name.All(c => c is (>= 'a' and <= 'z') or '_') ? $" '{name}'" : "";

        private void Wrong(string part, string expected) => Refuse(
            StoreAddressProblem.WrongValue, $"in the store's address, {part} must be {expected}");

        private void Refuse(StoreAddressProblem problem, string sentence) =>
            _refused ??= new StoreAddressReply.Refused(problem, sentence);
    }
}
