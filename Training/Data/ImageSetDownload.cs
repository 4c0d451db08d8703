using System.IO.Compression;
using System.Security.Cryptography;
using Shared.Data;
using Training.Experiments;

namespace Training.Data;

/// <summary>
/// Downloads the files of a set: from its mirrors in turn, to a temporary name, with the checksum as judge.
/// </summary>
/// <param name="http">What downloads; its timeout is for the first bytes of an answer.</param>
/// <param name="say">Takes one line about progress.</param>
public sealed class ImageSetDownload(HttpClient http, Action<string> say)
{
    private const int BufferSize = 1 << 16;
    private const int Steps = 4;   // lines about the progress of a large file
    private const long LargeFile = 1 << 20;
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(60);

    /// <summary>Fetches every file that is not there yet.</summary>
    /// <param name="set">The set.</param>
    /// <param name="folder">Where its files go; made when it is not there.</param>
    /// <param name="stop">Gives up; nothing unfinished is left.</param>
    /// <exception cref="DataSetException">
    /// No mirror has the published file, or the folder refuses it.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public async Task FetchAsync(ImageSet set, string folder, CancellationToken stop)
    {
        var isNew = !Directory.Exists(folder);
        try
        {
            foreach (var file in set.Files)
            {
                await FetchAsync(set, file, folder, stop);
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new DataSetException($"{folder} cannot be written ({refused.Message.TrimEnd('.')}).");
        }
        finally
        {
            if (isNew && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);   // an empty folder of the set's name would hide the one above it
            }
        }
    }

    private async Task FetchAsync(ImageSet set, ImageSetFile file, string folder, CancellationToken stop)
    {
        var target = Path.Combine(folder, file.PackedName);
        var present = new DataFolder(folder, "").PathOf(file);
        if (File.Exists(present) && await Sha256Async(present, file.Bytes, stop) == file.Sha256)
        {
            say($"{present} is there already, verified");
            return;
        }

        var failures = new List<(string Mirror, string Reason, bool IsUnreachable)>();
        foreach (var mirror in set.Mirrors)
        {
            var failure = await TryAsync(mirror + file.PackedName, file, target, stop);
            if (failure is null)
            {
                File.Delete(Path.Combine(folder, file.Name));   // a damaged plain file would be read first
                return;
            }

            say($"{mirror}{file.PackedName}: {failure.Reason}");
            failures.Add((mirror, failure.Reason, failure.IsUnreachable));
        }

        var hosts = string.Join(", ", set.Mirrors.Select(mirror => new Uri(mirror).Host));
        var reason = failures.All(failure => failure.IsUnreachable)
            ? $"none of {hosts} can be reached; is this machine offline?"
            : $"none of {hosts} gave the published file.";
        throw new DataSetException(
            $"{file.PackedName} of {set.Name} could not be downloaded: {reason} Put the four files into "
            + $"{folder} yourself, or name a folder that holds them with --data.");
    }

    /// <summary>Nothing when the file arrived and is the published one.</summary>
    private async Task<Failure?> TryAsync(
        string address, ImageSetFile file, string target, CancellationToken stop)
    {
        var unfinished = target + ".part";
        try
        {
            await DownloadAsync(address, file, unfinished, stop);
            var sum = await Sha256Async(unfinished, file.Bytes, stop);
            if (sum != file.Sha256)
            {
                return new Failure(
                    $"the checksum is wrong ({sum?[..8] ?? "unreadable"}, not {file.Sha256[..8]})");
            }

            File.Move(unfinished, target, overwrite: true);
            say($"{target}: {new FileInfo(target).Length:N0} bytes, verified");
            return null;
        }
        catch (HttpRequestException failure) when (failure.StatusCode is { } status)
        {
            return new Failure($"the server answered {(int)status}");
        }
        catch (HttpRequestException)
        {
            return new Failure("cannot be reached", IsUnreachable: true);
        }
        catch (HttpIOException cutOff)
        {
            return new Failure($"the connection broke ({cutOff.HttpRequestError})");
        }
        catch (InvalidDataException wrong)
        {
            return new Failure(wrong.Message);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new Failure("the server does not answer", IsUnreachable: true);
        }
        finally
        {
            if (File.Exists(unfinished))
            {
                File.Delete(unfinished);
            }
        }
    }

    private async Task DownloadAsync(
        string address, ImageSetFile file, string unfinished, CancellationToken stop)
    {
        using var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, stop);
        answer.EnsureSuccessStatusCode();
        var length = answer.Content.Headers.ContentLength;
        await using var body = await answer.Content.ReadAsStreamAsync(stop);
        Directory.CreateDirectory(Path.GetDirectoryName(unfinished)!);
        await using var target = new FileStream(unfinished, FileMode.Create, FileAccess.Write);
        var buffer = new byte[BufferSize];
        var (received, told) = (0L, 0L);
        while (await ReadAsync(body, buffer, stop) is > 0 and var count)
        {
            received += count;
            if (received > file.Bytes + LargeFile)
            {
                throw new InvalidDataException("the server sends more than the file holds");
            }

            await target.WriteAsync(buffer.AsMemory(0, count), stop);
            if (length > LargeFile && received * Steps / length > told && received < length)
            {
                told = received * Steps / length.Value;
                say($"{address}: {received:N0} of {length:N0} bytes");
            }
        }

        target.Flush(flushToDisk: true);
    }

    private static async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(StallLimit);
        return await body.ReadAsync(buffer, limit.Token);
    }

    /// <summary>SHA-256 of a file's content; nothing when it cannot be unpacked or is too long.</summary>
    private static async Task<string?> Sha256Async(string path, long bytes, CancellationToken stop)
    {
        await using var file = File.OpenRead(path);
        var magic = new byte[2];
        var isPacked = await file.ReadAtLeastAsync(magic, 2, throwOnEndOfStream: false, stop) == 2
            && magic is [0x1F, 0x8B];
        file.Position = 0;
        await using var content = isPacked ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        var read = 0L;
        try
        {
            while (await content.ReadAsync(buffer, stop) is > 0 and var count)
            {
                hash.AppendData(buffer, 0, count);
                read += count;
                if (read > bytes)
                {
                    return null;
                }
            }
        }
        catch (InvalidDataException)
        {
            return null;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed record Failure(string Reason, bool IsUnreachable = false);
}
