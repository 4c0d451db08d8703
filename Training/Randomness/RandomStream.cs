using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Shared.Randomness;

namespace Training.Randomness;

/// <summary>
/// One stream of random numbers, addressed and not consumed: the same (chain, update, step) gives the same
/// numbers, whatever was drawn before, on whatever device and in whatever order.
/// </summary>
/// <param name="Key">Key of the stream, from the sweep's seed, the replicate and the purpose.</param>
public readonly record struct RandomStream(ulong Key)
{
    private const int BlockSize = 4;

    /// <summary>Standard normals for one sample: block b gives its elements 4b … 4b+3.</summary>
    /// <param name="sample">Flattened sample of any length, overwritten.</param>
    /// <param name="chain">Chain, or row of the batch.</param>
    /// <param name="update">Update.</param>
    /// <param name="step">Step of the chain.</param>
    public void FillNormal(Span<float> sample, uint chain, uint update, uint step)
    {
        if (!Vector256.IsHardwareAccelerated)
        {
            FillNormalReference(sample, chain, update, step);
            return;
        }

        var whole = sample.Length - (sample.Length % VectorNormals.GroupSize);
        for (var i = 0; i < whole; i += VectorNormals.GroupSize)
        {
            VectorNormals.FillGroup(ref sample[i], Key, (uint)(i / BlockSize), chain, update, step);
        }

        if (whole < sample.Length)
        {
            Span<float> last = stackalloc float[VectorNormals.GroupSize];
            VectorNormals.FillGroup(
                ref MemoryMarshal.GetReference(last), Key, (uint)(whole / BlockSize), chain, update, step);
            last[..(sample.Length - whole)].CopyTo(sample[whole..]);
        }
    }

    /// <summary>
    /// <see cref="FillNormal"/> one pair at a time in double precision; equal to it within 1e-6.
    /// </summary>
    public void FillNormalReference(Span<float> sample, uint chain, uint update, uint step)
    {
        Span<float> block = stackalloc float[BlockSize];
        for (var i = 0; i < sample.Length; i += BlockSize)
        {
            var words = Philox.Block(Key, (uint)(i / BlockSize), chain, update, step);
            (block[0], block[1]) = BoxMuller.Normals(words.Word0, words.Word1);
            (block[2], block[3]) = BoxMuller.Normals(words.Word2, words.Word3);
            block[..Math.Min(BlockSize, sample.Length - i)].CopyTo(sample[i..]);
        }
    }

    /// <summary>
    /// Numbers uniform in an interval for one sample: block b gives its elements 4b … 4b+3.
    /// </summary>
    /// <param name="sample">Flattened sample of any length, overwritten.</param>
    /// <param name="low">Lower end.</param>
    /// <param name="high">Upper end.</param>
    /// <param name="chain">Chain, or row of the batch.</param>
    /// <param name="update">Update.</param>
    /// <param name="step">Step of the chain, or what the numbers are for.</param>
    public void FillUniform(Span<float> sample, double low, double high, uint chain, uint update, uint step)
    {
        Span<uint> words = stackalloc uint[BlockSize];
        for (var i = 0; i < sample.Length; i += BlockSize)
        {
            (words[0], words[1], words[2], words[3]) =
                Philox.Block(Key, (uint)(i / BlockSize), chain, update, step);
            var count = Math.Min(BlockSize, sample.Length - i);
            for (var j = 0; j < count; j++)
            {
                sample[i + j] = (float)(low + ((high - low) * BoxMuller.Unit(words[j])));
            }
        }
    }

    /// <summary>One number in the open interval (0, 1).</summary>
    public double Unit(uint chain, uint update, uint step) =>
        BoxMuller.Unit(Philox.Block(Key, 0, chain, update, step).Word0);

    /// <summary>One integer in 0 … count−1; its bias is below count · 2⁻⁶⁴.</summary>
    public int Index(int count, uint chain, uint update, uint step) =>
        (int)Math.BigMul(Philox.Block(Key, 0, chain, update, step).Low64, (ulong)count, out _);

    /// <summary>
    /// The first entries of a random permutation of 0 … count−1: draws without replacement, in order.
    /// </summary>
    /// <param name="count">How many there are to draw from.</param>
    /// <param name="draws">How many are drawn, at most <paramref name="count"/>.</param>
    /// <param name="update">Update, epoch, or whatever tells this permutation from the next.</param>
    /// <param name="step">What the permutation is for.</param>
    /// <remarks>Fisher and Yates, from the front, remembering only the entries that were moved.</remarks>
    public int[] Draw(int count, int draws, uint update, uint step)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(draws, count);
        var moved = new Dictionary<int, int>(draws);
        var drawn = new int[draws];
        for (var i = 0; i < draws; i++)
        {
            var j = i + Index(count - i, (uint)i, update, step);
            drawn[i] = moved.GetValueOrDefault(j, j);
            moved[j] = moved.GetValueOrDefault(i, i);
        }

        return drawn;
    }
}
