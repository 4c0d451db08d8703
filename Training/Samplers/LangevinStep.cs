using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Training.Samplers;

/// <summary>The arithmetic of one Langevin step: x ← clamp(x − α·clip(g) + σ·η).</summary>
/// <param name="Drift">α, in squared units of x.</param>
/// <param name="Noise">σ, in units of x.</param>
/// <param name="ValueClip">Each entry of g is cut to ± this; nothing for no limit.</param>
/// <param name="Box">What x is kept in.</param>
/// <remarks>
/// Source: Welling and Teh 2011; step and noise decoupled and the gradient clipped by value as in Du and
/// Mordatch 2019. What is not a number stays so, so that divergence is seen.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LangevinStep(double Drift, double Noise, double? ValueClip, Box Box)
{
    /// <summary>g of a chain is scaled down to this L2 norm where longer; nothing for no limit.</summary>
    public double? NormClip { get; init; }

    /// <summary>Whether x is put back into the box; its coordinates on the box count either way.</summary>
    public bool IsClamped { get; init; } = true;

    /// <summary>Takes the step for one chain, noise last.</summary>
    /// <param name="x">State, flattened, overwritten.</param>
    /// <param name="gradient">g = ∇E(x), the same shape.</param>
    /// <param name="normals">η, standard normals, the same shape.</param>
    public StepCounts Apply(Span<float> x, ReadOnlySpan<float> gradient, ReadOnlySpan<float> normals)
    {
        if (gradient.Length != x.Length || normals.Length != x.Length)
        {
            throw new ArgumentException("State, gradient and noise must have the same shape", nameof(x));
        }

        if (NormClip is not { } limit)
        {
            return Move(x, gradient, normals);
        }

        var norm = Norm(gradient);
        var isLonger = norm > limit;
        return isLonger
            ? (this with { Drift = Drift * (limit / norm) }).Move(x, gradient, normals) with { Clipped = x.Length }
            : Move(x, gradient, normals);
    }

    /// <summary>The noise alone, where it comes before the gradient: x ← clamp(x + σ·η).</summary>
    /// <param name="x">State, flattened, overwritten.</param>
    /// <param name="normals">η, standard normals, the same shape.</param>
    public void AddNoise(Span<float> x, ReadOnlySpan<float> normals) =>
        (this with { Drift = 0, ValueClip = null }).Move(x, normals, normals);

    private StepCounts Move(Span<float> x, ReadOnlySpan<float> gradient, ReadOnlySpan<float> normals)
    {
        var whole = Vector256.IsHardwareAccelerated ? x.Length - (x.Length % Vector256<float>.Count) : 0;
        var (square, clipped, saturated) = MoveVectors(x[..whole], gradient, normals);
        var (drift, noise) = ((float)Drift, (float)Noise);
        var clip = (float)(ValueClip ?? double.PositiveInfinity);
        for (var i = whole; i < x.Length; i++)
        {
            var cut = Math.Min(Math.Max(gradient[i], -clip), clip);
            x[i] = MathF.FusedMultiplyAdd(noise, normals[i], MathF.FusedMultiplyAdd(-drift, cut, x[i]));
            square += (double)gradient[i] * gradient[i];
            clipped += Math.Abs(gradient[i]) > clip ? 1 : 0;
        }

        if (IsClamped)
        {
            Box.Clamp(x[whole..]);
        }

        return new StepCounts(Math.Sqrt(square), clipped, saturated + Box.CountSaturated(x[whole..]));
    }

    private (double Square, int Clipped, int Saturated) MoveVectors(
        Span<float> x, ReadOnlySpan<float> gradient, ReadOnlySpan<float> normals)
    {
        var drift = Vector256.Create((float)-Drift);
        var noise = Vector256.Create((float)Noise);
        var clip = Vector256.Create((float)(ValueClip ?? double.PositiveInfinity));
        var (low, high) = (Vector256.Create((float)Box.Low), Vector256.Create((float)Box.High));
        var floor = IsClamped ? low : Vector256.Create(float.NegativeInfinity);
        var ceiling = IsClamped ? high : Vector256.Create(float.PositiveInfinity);
        var square = Vector256<float>.Zero;
        var (clipped, saturated) = (Vector256<int>.Zero, Vector256<int>.Zero);
        for (var i = 0; i < x.Length; i += Vector256<float>.Count)
        {
            var slope = Vector256.Create(gradient[i..]);
            var cut = Vector256.Min(Vector256.Max(slope, -clip), clip);
            var state = Vector256.Create<float>(x[i..]);
            state = Vector256.FusedMultiplyAdd(drift, cut, state);
            state = Vector256.FusedMultiplyAdd(noise, Vector256.Create(normals[i..]), state);
            state = Vector256.Min(Vector256.Max(state, floor), ceiling);
            state.CopyTo(x[i..]);

            // A comparison that holds is −1.
            square = Vector256.FusedMultiplyAdd(slope, slope, square);
            clipped -= Vector256.GreaterThan(Vector256.Abs(slope), clip).AsInt32();
            var outside = Vector256.LessThanOrEqual(state, low) | Vector256.GreaterThanOrEqual(state, high);
            saturated -= outside.AsInt32();
        }

        return (Vector256.Sum(square), Vector256.Sum(clipped), Vector256.Sum(saturated));
    }

    private static double Norm(ReadOnlySpan<float> gradient)
    {
        var square = 0.0;
        foreach (double entry in gradient)
        {
            square += entry * entry;
        }

        return Math.Sqrt(square);
    }
}
