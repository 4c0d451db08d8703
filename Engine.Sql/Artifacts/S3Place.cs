using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Shared.Engine;

namespace Engine.Sql.Artifacts;

/// <summary>
/// Contents as objects <c>PREFIX/ab/abcdef…</c> of a bucket. Credentials, region and endpoint come from where
/// the AWS SDK looks for them, such as <c>AWS_ACCESS_KEY_ID</c>, <c>AWS_PROFILE</c> and
/// <c>AWS_ENDPOINT_URL</c>.
/// </summary>
/// <remarks>An object appears whole or not at all, so that nothing half-written is ever left.</remarks>
internal sealed class S3Place(IAmazonS3 client, string bucket, string prefix) : IContentPlace
{
    private readonly string _keys = prefix.Length == 0 ? "" : prefix + "/";

    /// <summary>A client as the environment configures it.</summary>
    public static IAmazonS3 ClientOfEnvironment()
    {
        var settings = new AmazonS3Config
        {
            // Every content has its SHA-256, and not every server knows the SDK's own checksums.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        var endpoint = Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL_S3")
            ?? Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL");
        if (!string.IsNullOrEmpty(endpoint))
        {
            settings.ServiceURL = endpoint;
            settings.ForcePathStyle = true;   // buckets of other servers have no names of hosts
            settings.AuthenticationRegion = Environment.GetEnvironmentVariable("AWS_REGION") ?? "us-east-1";
        }

        return new AmazonS3Client(settings);
    }

    /// <inheritdoc/>
    public Task WriteAsync(string sha256, byte[] bytes, DateTimeOffset now, CancellationToken cancellation) =>
        AskAsync(async () =>
        {
            using var content = new MemoryStream(bytes, writable: false);
            await client.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = bucket,
                    Key = KeyOf(sha256),
                    InputStream = content,
                    UseChunkEncoding = false,
                },
                cancellation);
            return true;
        });

    /// <inheritdoc/>
    public Task<bool> HoldsAsync(string sha256, long length, CancellationToken cancellation) =>
        AskAsync(async () =>
        {
            try
            {
                var found = await client.GetObjectMetadataAsync(bucket, KeyOf(sha256), cancellation);
                return found.ContentLength == length;
            }
            catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
            {
                return false;
            }
        });

    /// <inheritdoc/>
    public Task<byte[]> ReadAsync(string sha256, string what, CancellationToken cancellation) =>
        AskAsync(async () =>
        {
            try
            {
                using var found = await client.GetObjectAsync(bucket, KeyOf(sha256), cancellation);
                using var content = new MemoryStream();
                await found.ResponseStream.CopyToAsync(content, cancellation);
                var bytes = content.ToArray();
                return ContentFolder.HashOf(bytes) == sha256
                    ? bytes
                    : throw new StoreUnusableException(
                        $"{what} is damaged, its object {Show(sha256)} has another hash: put back a copy of it");
            }
            catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
            {
                throw new StoreUnusableException(
                    $"{what} is lost, its object {Show(sha256)} is missing: put back a copy of it");
            }
        });

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredFile>> ContentsAsync(
        DateTimeOffset before, CancellationToken cancellation) =>
        AskAsync<IReadOnlyList<StoredFile>>(async () =>
        {
            var found = new List<StoredFile>();
            var pages = client.Paginators.ListObjectsV2(
                new ListObjectsV2Request { BucketName = bucket, Prefix = _keys });
            await foreach (var stored in pages.S3Objects.WithCancellation(cancellation))
            {
                if (stored.LastModified?.ToUniversalTime() <= before.UtcDateTime)
                {
                    found.Add(new StoredFile(stored.Key, stored.Key.Split('/')[^1], stored.Size ?? 0));
                }
            }

            return found;
        });

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredFile>> PartsAsync(
        DateTimeOffset before, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<StoredFile>>([]);

    /// <inheritdoc/>
    public Task DeleteAsync(StoredFile file, CancellationToken cancellation) =>
        AskAsync(async () =>
        {
            await client.DeleteObjectAsync(bucket, file.Path, cancellation);
            return true;
        });

    private string KeyOf(string sha256) => $"{_keys}{sha256[..2]}/{sha256}";

    private string Show(string sha256) => $"s3://{bucket}/{KeyOf(sha256)}";

    private async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (AmazonS3Exception refused) when (refused.StatusCode is >= HttpStatusCode.BadRequest
            and < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests)
        {
            throw new StoreUnusableException(
                $"s3://{bucket} refuses ({refused.Message.TrimEnd('.')}): see the credentials, the region and the "
                + "name of the bucket");
        }
        catch (Exception silence) when (silence is AmazonServiceException or AmazonClientException
            or HttpRequestException or IOException)
        {
            throw new StoreUnreachableException(
                $"s3://{bucket} does not answer ({silence.Message.TrimEnd('.')}): see that it can be reached from here",
                silence);
        }
    }
}
