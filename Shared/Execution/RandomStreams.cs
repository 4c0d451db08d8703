using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Shared.Execution;

/// <summary>What a random stream is for; streams of different purposes never touch.</summary>
public enum StreamPurpose
{
    /// <summary>Which images are training images.</summary>
    DataSplit,

    /// <summary>The order in which training images are drawn.</summary>
    DataOrder,

    /// <summary>Initial weights.</summary>
    InitialWeights,

    /// <summary>Where chains start: noise, drawn buffer slots, restarts.</summary>
    ChainStart,

    /// <summary>Noise of the steps of training chains.</summary>
    ChainNoise,

    /// <summary>Noise added to positives.</summary>
    DataNoise,

    /// <summary>Everything drawn by an evaluation at the end.</summary>
    Evaluation,

    /// <summary>Chains of the validation loss.</summary>
    Validation,

    /// <summary>Pictures of samples, during training and from a stored model.</summary>
    Samples,
}

/// <summary>
/// Keys of random streams: they follow from the sweep's seed, the replicate and the purpose, nothing else.
/// </summary>
public static class RandomStreams
{
    /// <summary>
    /// The first 64 bits, big-endian, of SHA-256 over the canonical JSON <c>[seed,replicate,"purpose"]</c>.
    /// </summary>
    public static ulong Key(long seed, int replicate, StreamPurpose purpose)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"[{seed},{replicate},\"{Spell(purpose)}\"]");
        return BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static string Spell(StreamPurpose purpose) => purpose switch
    {
        StreamPurpose.DataSplit => "data-split",
        StreamPurpose.DataOrder => "data-order",
        StreamPurpose.InitialWeights => "initial-weights",
        StreamPurpose.ChainStart => "chain-start",
        StreamPurpose.ChainNoise => "chain-noise",
        StreamPurpose.DataNoise => "data-noise",
        StreamPurpose.Evaluation => "evaluation",
        StreamPurpose.Validation => "validation",
        StreamPurpose.Samples => "samples",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
    };
}
