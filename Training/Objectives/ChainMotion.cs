using System.Runtime.InteropServices;
using Training.Samplers;

namespace Training.Objectives;

/// <summary>Where the chains of an update ended, as the detector sees it.</summary>
/// <param name="Saturation">Share of their entries that lie on the box, from 0 to 1.</param>
/// <param name="Displacement">Mean |x_T − x_0| of their entries, as a share of the box's width.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ChainMotion(double Saturation, double Displacement)
{
    /// <summary>Measures chains; sums run in double precision and in order.</summary>
    /// <param name="started">x_0, flattened, not empty.</param>
    /// <param name="ended">x_T, as many.</param>
    /// <param name="box">The box; without an end nothing lies on it, and displacement is 0.</param>
    public static ChainMotion Of(ReadOnlySpan<float> started, ReadOnlySpan<float> ended, Box box)
    {
        var (low, high) = ((float)box.Low, (float)box.High);
        var (onBox, moved) = (0, 0.0);
        for (var i = 0; i < ended.Length; i++)
        {
            onBox += ended[i] <= low || ended[i] >= high ? 1 : 0;
            moved += Math.Abs((double)ended[i] - started[i]);
        }

        return new ChainMotion(
            (double)onBox / ended.Length, moved / ended.Length / (box.High - box.Low));
    }
}
