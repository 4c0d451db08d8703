namespace Engine.Sql.Artifacts;

/// <summary>A folder that every box sees under the same path.</summary>
internal sealed class FolderPlace(ContentFolder folder) : IContentPlace
{
    /// <inheritdoc/>
    public Task WriteAsync(string sha256, byte[] bytes, DateTimeOffset now, CancellationToken cancellation) =>
        Task.Run(() => folder.Write(sha256, bytes, now), cancellation);

    /// <inheritdoc/>
    public Task<bool> HoldsAsync(string sha256, long length, CancellationToken cancellation) =>
        Task.Run(() => folder.Holds(sha256, length), cancellation);

    /// <inheritdoc/>
    public Task<byte[]> ReadAsync(string sha256, string what, CancellationToken cancellation) =>
        Task.Run(() => folder.Read(sha256, what), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredFile>> ContentsAsync(
        DateTimeOffset before, CancellationToken cancellation) =>
        Task.Run<IReadOnlyList<StoredFile>>(() => [.. folder.Contents(before)], cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredFile>> PartsAsync(
        DateTimeOffset before, CancellationToken cancellation) =>
        Task.Run<IReadOnlyList<StoredFile>>(() => [.. folder.Parts(before)], cancellation);

    /// <inheritdoc/>
    public Task DeleteAsync(StoredFile file, CancellationToken cancellation) =>
        Task.Run(() => File.Delete(file.Path), cancellation);
}
