using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Shared.Randomness;

namespace Training.Randomness;

/// <summary>The normals of <see cref="BoxMuller"/>, sixteen at a time in single precision.</summary>
/// <remarks>
/// Words are equal to those of <see cref="Philox"/>; normals differ from the reference by less than 1e-6.
/// Every u is taken apart as an integer first, because (w ≫ 8) + ½ has 25 bits and does not fit a float
/// above one half. Polynomials: Moshier's Cephes, logf, sinf and cosf.
/// </remarks>
internal static class VectorNormals
{
    /// <summary>Normals that one call makes: four blocks of four.</summary>
    public const int GroupSize = 16;

    /// <summary>The normals of four consecutive blocks.</summary>
    /// <param name="group">Shape [16], overwritten: elements 4b … 4b+15 of the sample.</param>
    /// <param name="key">Key of the stream.</param>
    /// <param name="block">b, the first of the four blocks.</param>
    /// <param name="chain">Second counter word.</param>
    /// <param name="update">Third counter word.</param>
    /// <param name="step">Fourth counter word.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FillGroup(ref float group, ulong key, uint block, uint chain, uint update, uint step)
    {
        // One block in each 64-bit lane, its word in the low half. Only low halves enter a product, so what
        // is left in the high halves does no harm until the words are packed.
        var word0 = Vector256.Create((ulong)block, block + 1UL, block + 2UL, block + 3UL);
        var word1 = Vector256.Create((ulong)chain);
        var word2 = Vector256.Create((ulong)update);
        var word3 = Vector256.Create((ulong)step);
        var (key0, key1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Philox.Rounds; round++)
        {
            var product0 = LowProduct(word0, Philox.Multiplier0);
            var product1 = LowProduct(word2, Philox.Multiplier1);
            word0 = (product1 >>> 32) ^ word1 ^ Vector256.Create((ulong)key0);
            word1 = product1;
            word2 = (product0 >>> 32) ^ word3 ^ Vector256.Create((ulong)key1);
            word3 = product0;
            key0 += Philox.Weyl0;
            key1 += Philox.Weyl1;
        }

        // Lanes now hold (pair 0, pair 1) of block 0, of block 1, …: the radii and the angles of eight pairs.
        var low = Vector256.Create(0xFFFFFFFFUL);
        var radius = Radius(((word0 & low) | (word2 << 32)).AsUInt32() >>> 8);
        var (sine, cosine) = SineAndCosine(((word1 & low) | (word3 << 32)).AsInt32() >>> 8);
        Interleave(radius * cosine, radius * sine, ref group);
    }

    /// <summary>Products of the low 32 bits of each lane with a constant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> LowProduct(Vector256<ulong> lanes, uint factor) =>
        Avx2.IsSupported
            ? Avx2.Multiply(lanes.AsUInt32(), Vector256.Create((ulong)factor).AsUInt32())
            : (lanes & Vector256.Create(0xFFFFFFFFUL)) * Vector256.Create((ulong)factor);

    /// <summary>√(−2 ln u) with u = (m + ½)·2⁻²⁴.</summary>
    /// <param name="integers">m, below 2²⁴.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Radius(Vector256<uint> integers)
    {
        var m = integers.AsInt32();
        var half = Vector256.Create(0.5f);
        var unit = Vector256.Create(1f / (1 << 24));

        // u = 2^exponent · (1 − t) with t in (0, ½], exactly. Above one half t comes from the integer, below
        // it from the float u, which is exact there.
        var upper = Vector256.GreaterThan(m, Vector256.Create((1 << 23) - 1));
        var upperT = (Vector256.ConvertToSingle(Vector256.Create((1 << 24) - 1) - m) + half) * unit;
        var bits = ((Vector256.ConvertToSingle(m) + half) * unit).AsInt32();
        var mantissa = ((bits & Vector256.Create(0x007FFFFF)) | Vector256.Create(0x3F000000)).AsSingle();
        var lowerT = Vector256<float>.One - mantissa;
        var t = Vector256.ConditionalSelect(upper.AsSingle(), upperT, lowerT);
        var exponent = Vector256.AndNot((bits >>> 23) - Vector256.Create(126), upper);

        // ln u = exponent · ln 2 + ln(1 + f) with 1 + f in [√½, √2).
        var below = Vector256.GreaterThan(t, Vector256.Create(0.29289323f));
        var f = Vector256.ConditionalSelect(below, Vector256<float>.One - (t + t), -t);
        var e = Vector256.ConvertToSingle(exponent + below.AsInt32());
        var square = f * f;
        var series = Vector256.Create(7.0376836292E-2f);
        series = Vector256.FusedMultiplyAdd(series, f, Vector256.Create(-1.1514610310E-1f));
        series = Vector256.FusedMultiplyAdd(series, f, Vector256.Create(1.1676998740E-1f));
        series = Vector256.FusedMultiplyAdd(series, f, Vector256.Create(-1.2420140846E-1f));
        series = Vector256.FusedMultiplyAdd(series, f, Vector256.Create(1.4249322787E-1f));
        series = Vector256.FusedMultiplyAdd(series, f, Vector256.Create(-1.6668057665E-1f));
        series = Vector256.FusedMultiplyAdd(series, f, Vector256.Create(2.0000714765E-1f));
        series = Vector256.FusedMultiplyAdd(series, f, Vector256.Create(-2.4999993993E-1f));
        series = Vector256.FusedMultiplyAdd(series, f, Vector256.Create(3.3333331174E-1f));
        var rest = series * f * square;
        rest = Vector256.FusedMultiplyAdd(e, Vector256.Create(-2.12194440e-4f), rest);
        rest = Vector256.FusedMultiplyAdd(square, Vector256.Create(-0.5f), rest);
        var log = Vector256.FusedMultiplyAdd(e, Vector256.Create(0.693359375f), f + rest);
        return Vector256.Sqrt(log * Vector256.Create(-2f));
    }

    /// <summary>sin 2πu and cos 2πu with u = (m + ½)·2⁻²⁴.</summary>
    /// <param name="integers">m, below 2²⁴.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Sine, Vector256<float> Cosine) SineAndCosine(Vector256<int> integers)
    {
        // The nearest quarter turn is taken off as an integer, so the angle left, within ±π/4, is exact.
        var quarter = (integers + Vector256.Create(1 << 21)) >>> 22;
        var left = Vector256.ConvertToSingle(integers - (quarter << 22)) + Vector256.Create(0.5f);
        var angle = left * Vector256.Create((float)(2 * Math.PI / (1 << 24)));
        var square = angle * angle;

        var cosine = Vector256.Create(2.443315711809948E-5f);
        cosine = Vector256.FusedMultiplyAdd(cosine, square, Vector256.Create(-1.388731625493765E-3f));
        cosine = Vector256.FusedMultiplyAdd(cosine, square, Vector256.Create(4.166664568298827E-2f));
        cosine = Vector256.FusedMultiplyAdd(cosine, square, Vector256.Create(-0.5f));
        cosine = Vector256.FusedMultiplyAdd(cosine, square, Vector256<float>.One);

        var sine = Vector256.Create(-1.9515295891E-4f);
        sine = Vector256.FusedMultiplyAdd(sine, square, Vector256.Create(8.3321608736E-3f));
        sine = Vector256.FusedMultiplyAdd(sine, square, Vector256.Create(-1.6666654611E-1f));
        sine = Vector256.FusedMultiplyAdd(sine * square, angle, angle);

        var odd = Vector256.Equals(quarter & Vector256<int>.One, Vector256<int>.One).AsSingle();
        var cosineSign = ((quarter + Vector256<int>.One) & Vector256.Create(2)) << 30;
        var sineSign = (quarter & Vector256.Create(2)) << 30;
        return (
            (Vector256.ConditionalSelect(odd, cosine, sine).AsInt32() ^ sineSign).AsSingle(),
            (Vector256.ConditionalSelect(odd, sine, cosine).AsInt32() ^ cosineSign).AsSingle());
    }

    /// <summary>Writes first₀, second₀, first₁, second₁, ….</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interleave(Vector256<float> first, Vector256<float> second, ref float target)
    {
        var (firstWords, secondWords) = (first.AsUInt32(), second.AsUInt32());
        var lower = Vector256.WidenLower(firstWords) | (Vector256.WidenLower(secondWords) << 32);
        var upper = Vector256.WidenUpper(firstWords) | (Vector256.WidenUpper(secondWords) << 32);
        lower.AsSingle().StoreUnsafe(ref target);
        upper.AsSingle().StoreUnsafe(ref target, (nuint)Vector256<float>.Count);
    }
}
