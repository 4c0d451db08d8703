using Shared.Execution;

namespace Worker.Hosting;

/// <summary>Frames over a pair of streams. One reader and one writer at a time.</summary>
/// <param name="input">Where frames come from.</param>
/// <param name="output">Where frames go.</param>
public sealed class FrameStream(Stream input, Stream output)
{
    private readonly byte[] _header = new byte[Frame.HeaderLength];

    /// <summary>The next payload, or nothing when the other side is gone.</summary>
    /// <exception cref="FrameDamagedException">The bytes are no frame.</exception>
    public async Task<byte[]?> ReadAsync()
    {
        var read = await input.ReadAtLeastAsync(_header, _header.Length, throwOnEndOfStream: false);
        if (read < _header.Length)
        {
            return null;
        }

        var payload = new byte[Frame.PayloadLength(_header)];
        if (await input.ReadAtLeastAsync(payload, payload.Length, throwOnEndOfStream: false) < payload.Length)
        {
            return null;
        }

        Frame.Check(_header, payload);
        return payload;
    }

    /// <summary>Sends a payload as one frame.</summary>
    /// <exception cref="IOException">The other side is gone.</exception>
    public async Task WriteAsync(byte[] payload)
    {
        await output.WriteAsync(Frame.Encode(payload));
        await output.FlushAsync();
    }
}
