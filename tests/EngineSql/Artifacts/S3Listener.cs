using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Tests.Postgres;

namespace Tests.EngineSql.Artifacts;

/// <summary>
/// The part of S3's protocol that contents need, on this machine: PUT, GET, HEAD, DELETE and ListObjectsV2 in
/// pages, of one bucket, for one key.
/// </summary>
internal sealed class S3Listener : IDisposable
{
    public const string Bucket = "sweeps-test";
    public const string AccessKey = "test-key";

    private const int PageLength = 2;   // short, so that tests turn pages

    private readonly HttpListener _listener = new();
    private readonly int _port = PostgresPrograms.FreePort();

    public S3Listener()
    {
        _listener.Prefixes.Add($"http://127.0.0.1:{_port}/");
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Objects by key, with when they were put.</summary>
    public ConcurrentDictionary<string, (byte[] Bytes, DateTimeOffset At)> Objects { get; } = new();

    /// <summary>What every request is answered with instead; nothing for the right answer.</summary>
    public HttpStatusCode? Failure { get; set; }

    public IAmazonS3 Client(string accessKey = AccessKey) => new AmazonS3Client(
        new BasicAWSCredentials(accessKey, "secret"),
        new AmazonS3Config
        {
            ServiceURL = $"http://127.0.0.1:{_port}",
            ForcePathStyle = true,
            AuthenticationRegion = "us-east-1",
            MaxErrorRetry = 0,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                Answer(context.Request, context.Response);
                context.Response.Close();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Answer(HttpListenerRequest request, HttpListenerResponse response)
    {
        var path = Uri.UnescapeDataString(request.Url!.AbsolutePath).TrimStart('/').Split('/', 2);
        var signed = request.Headers["Authorization"] ?? "";
        if (Failure is { } failure)
        {
            Refuse(response, failure, "Failure");
        }
        else if (!signed.StartsWith($"AWS4-HMAC-SHA256 Credential={AccessKey}/", StringComparison.Ordinal))
        {
            Refuse(response, HttpStatusCode.Forbidden, "InvalidAccessKeyId");
        }
        else if (path[0] != Bucket)
        {
            Refuse(response, HttpStatusCode.NotFound, "NoSuchBucket");
        }
        else if (path is [_, { Length: > 0 } key])
        {
            AnswerObject(request, response, key);
        }
        else
        {
            List(request, response);
        }
    }

    private void AnswerObject(HttpListenerRequest request, HttpListenerResponse response, string key)
    {
        switch (request.HttpMethod)
        {
            case "PUT":
                using (var content = new MemoryStream())
                {
                    request.InputStream.CopyTo(content);
                    Objects[key] = (content.ToArray(), DateTimeOffset.UtcNow);
                }

                response.Headers["ETag"] = "\"put\"";
                break;
            case "DELETE":
                Objects.TryRemove(key, out _);
                response.StatusCode = (int)HttpStatusCode.NoContent;
                break;
            case var method when Objects.TryGetValue(key, out var found):
                response.ContentLength64 = found.Bytes.Length;
                response.Headers["Last-Modified"] = found.At.ToString("R", CultureInfo.InvariantCulture);
                if (method == "GET")
                {
                    response.OutputStream.Write(found.Bytes);
                }

                break;
            default:
                Refuse(response, HttpStatusCode.NotFound, "NoSuchKey");
                break;
        }
    }

    private void List(HttpListenerRequest request, HttpListenerResponse response)
    {
        var prefix = request.QueryString["prefix"] ?? "";
        var after = request.QueryString["continuation-token"] ?? "";
        var rest = Objects
            .Where(o => o.Key.StartsWith(prefix, StringComparison.Ordinal)
                && string.CompareOrdinal(o.Key, after) > 0)
            .OrderBy(o => o.Key, StringComparer.Ordinal)
            .ToList();
        var page = rest.Take(PageLength).ToList();
        var isTruncated = rest.Count > page.Count;
        var contents = string.Concat(page.Select(o => $"""
            <Contents><Key>{o.Key}</Key><Size>{o.Value.Bytes.Length}</Size>
            <LastModified>{o.Value.At.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}</LastModified></Contents>
            """));
        var next = isTruncated ? $"<NextContinuationToken>{page[^1].Key}</NextContinuationToken>" : "";
        Write(response, $"""
            <ListBucketResult><Name>{Bucket}</Name><IsTruncated>{(
                isTruncated ? "true" : "false")}</IsTruncated>
            {next}{contents}</ListBucketResult>
            """);
    }

    private static void Refuse(HttpListenerResponse response, HttpStatusCode status, string code)
    {
        response.StatusCode = (int)status;
        Write(response, $"<Error><Code>{code}</Code><Message>{code} it is.</Message></Error>");
    }

    private static void Write(HttpListenerResponse response, string xml)
    {
        var bytes = Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + xml);
        response.ContentType = "application/xml";
        response.ContentLength64 = bytes.Length;
        response.OutputStream.Write(bytes);
    }
}
