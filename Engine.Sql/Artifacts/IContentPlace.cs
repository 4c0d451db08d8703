namespace Engine.Sql.Artifacts;

/// <summary>
/// A place outside a database for contents that are too large for it: a folder that every box sees, or S3.
/// </summary>
internal interface IContentPlace
{
    /// <summary>Stores a content; when this is done, it is durable.</summary>
    /// <param name="sha256">Of the bytes, lower-case hex.</param>
    /// <param name="bytes">The content.</param>
    /// <param name="now">The time, for those who collect.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="Shared.Engine.StoreUnreachableException">
    /// The place is full or does not answer.
    /// </exception>
    /// <exception cref="Shared.Engine.StoreUnusableException">The place cannot be written.</exception>
    Task WriteAsync(string sha256, byte[] bytes, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Whether a content is there with this length.</summary>
    Task<bool> HoldsAsync(string sha256, long length, CancellationToken cancellation);

    /// <summary>Reads a content and compares it with its hash.</summary>
    /// <param name="sha256">Its hash.</param>
    /// <param name="what">What it belongs to, for the message.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="Shared.Engine.StoreUnusableException">It is missing or damaged.</exception>
    Task<byte[]> ReadAsync(string sha256, string what, CancellationToken cancellation);

    /// <summary>The contents that were last stored at or before a time.</summary>
    Task<IReadOnlyList<StoredFile>> ContentsAsync(DateTimeOffset before, CancellationToken cancellation);

    /// <summary>What is left of writing that began at or before a time and never came to its end.</summary>
    Task<IReadOnlyList<StoredFile>> PartsAsync(DateTimeOffset before, CancellationToken cancellation);

    /// <summary>Deletes what was listed.</summary>
    Task DeleteAsync(StoredFile file, CancellationToken cancellation);
}
