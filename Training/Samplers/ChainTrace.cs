using System.Runtime.InteropServices;

namespace Training.Samplers;

/// <summary>What chains did on their way.</summary>
/// <param name="Steps">Each step in turn; a noise-free step at the end is one more.</param>
/// <param name="Displacement">Mean distance between a chain's first and last state, L2.</param>
/// <param name="Saturation">Share of the coordinates of the last states on the box or beyond.</param>
/// <param name="GradientEvaluations">How often ∇E was taken, each chain counted for itself.</param>
/// <param name="Acceptance">Share of proposals taken; nothing where none can be refused.</param>
public sealed record ChainTrace(
    IReadOnlyList<ChainStep> Steps,
    double Displacement,
    double Saturation,
    long GradientEvaluations,
    double? Acceptance)
{
    /// <summary>Mean |∇E| over chains and steps.</summary>
    public double GradientNorm => Steps.Average(step => step.GradientNorm);

    /// <summary>Share of the gradient's entries, over chains and steps, that a clip changed.</summary>
    public double ClippedShare => Steps.Average(step => step.ClippedShare);
}

/// <summary>One step of all chains.</summary>
/// <param name="Energy">
/// Mean E where the gradient was taken: after the noise, where noise comes first.
/// </param>
/// <param name="GradientNorm">Mean over chains of |∇E| there, L2, before any clip.</param>
/// <param name="ClippedShare">Share of the gradient's entries that a clip changed.</param>
/// <param name="SaturatedShare">Share of coordinates on the box, or beyond, after the step.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ChainStep(
    double Energy, double GradientNorm, double ClippedShare, double SaturatedShare);
