using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Training.Samplers;

/// <summary>The arithmetic of one Langevin step: x ← clamp(x − α·clip(g) + σ·η), noise last.</summary>
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
    /// <summary>Takes the step for one chain.</summary>
    /// <param name="x">State, flattened, overwritten.</param>
    /// <param name="gradient">g = ∇E(x), the same shape.</param>
    /// <param name="normals">η, standard normals, the same shape.</param>
    public void Apply(Span<float> x, ReadOnlySpan<float> gradient, ReadOnlySpan<float> normals)
    {
        if (gradient.Length != x.Length || normals.Length != x.Length)
        {
            throw new ArgumentException("State, gradient and noise must have the same shape", nameof(x));
        }

        var whole = Vector256.IsHardwareAccelerated ? x.Length - (x.Length % Vector256<float>.Count) : 0;
        ApplyToVectors(x[..whole], gradient, normals);
        var (drift, noise) = ((float)Drift, (float)Noise);
        var clip = (float)(ValueClip ?? double.PositiveInfinity);
        for (var i = whole; i < x.Length; i++)
        {
            var cut = Math.Min(Math.Max(gradient[i], -clip), clip);
            x[i] = MathF.FusedMultiplyAdd(noise, normals[i], MathF.FusedMultiplyAdd(-drift, cut, x[i]));
        }

        Box.Clamp(x[whole..]);
    }

    private void ApplyToVectors(Span<float> x, ReadOnlySpan<float> gradient, ReadOnlySpan<float> normals)
    {
        var drift = Vector256.Create((float)-Drift);
        var noise = Vector256.Create((float)Noise);
        var clip = Vector256.Create((float)(ValueClip ?? double.PositiveInfinity));
        var (low, high) = (Vector256.Create((float)Box.Low), Vector256.Create((float)Box.High));
        for (var i = 0; i < x.Length; i += Vector256<float>.Count)
        {
            var cut = Vector256.Min(Vector256.Max(Vector256.Create(gradient[i..]), -clip), clip);
            var state = Vector256.Create<float>(x[i..]);
            state = Vector256.FusedMultiplyAdd(drift, cut, state);
            state = Vector256.FusedMultiplyAdd(noise, Vector256.Create(normals[i..]), state);
            Vector256.Min(Vector256.Max(state, low), high).CopyTo(x[i..]);
        }
    }
}
