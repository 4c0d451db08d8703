namespace Tests.Postgres;

/// <summary>How a cluster is set up.</summary>
public sealed record PostgresSettings
{
    /// <summary>
    /// Whether commits are flushed to disk. Not needed even where a test stops it at once: the machine under
    /// it goes on. A benchmark needs it.
    /// </summary>
    public bool IsDurable { get; init; }

    /// <summary>
    /// Whether connections over TCP must use TLS. The folder then holds <c>ca.crt</c>, the authority of the
    /// server's certificate, which is for <c>localhost</c> alone; <c>other.crt</c>, an authority that signed
    /// nothing here; and <c>client.crt</c> with <c>client.key</c> for the role postgres.
    /// </summary>
    public bool WithTls { get; init; }

    /// <summary>Further lines <c>name=value</c> of postgresql.conf.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];
}
