using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tests.Training;

/// <summary>A server of files on this machine, one request a connection.</summary>
internal sealed class Mirror : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;

    public Mirror()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>An answer of status 404.</summary>
    public static byte[] NotFound { get; } =
        "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray();

    /// <summary>Bytes to send for a path; the small set's files where nothing else is said.</summary>
    public Func<string, byte[]> Answer { get; init; } = path => Whole(File(path));

    /// <summary>Called for a path once its answer is sent, before the connection ends.</summary>
    public Action<string> AfterAnswer { get; init; } = _ => { };

    public string Address => $"http://{_listener.LocalEndpoint}/";

    public List<string> Asked { get; } = [];

    /// <summary>The packed file that a path names.</summary>
    public static byte[] File(string path) => SmallImages.Pack(SmallImages.Content[path[1..^3]]);

    public static byte[] Whole(byte[] body) => [.. Head(body.Length), .. body];

    /// <summary>Half of what its header promises.</summary>
    public static byte[] BrokenOff(byte[] body) => [.. Head(body.Length), .. body[..(body.Length / 2)]];

    public void Dispose()
    {
        _listener.Dispose();
        _serving.GetAwaiter().GetResult();
    }

    private static byte[] Head(int length) =>
        Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await ServeAsync(client);
            }
        }
        catch (Exception closed) when (closed is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            var stream = client.GetStream();
            using var reader = new StreamReader(stream, leaveOpen: true);
            var path = (await reader.ReadLineAsync())!.Split(' ')[1];
            while (await reader.ReadLineAsync() is { Length: > 0 })
            {
            }

            Asked.Add(path);
            await stream.WriteAsync(Answer(path));
            AfterAnswer(path);
        }
        catch (IOException)
        {
            // The client has gone: what it wanted to see, it has seen.
        }
    }
}
