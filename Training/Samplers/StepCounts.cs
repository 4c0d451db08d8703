using System.Runtime.InteropServices;

namespace Training.Samplers;

/// <summary>What one step of one chain says of itself.</summary>
/// <param name="GradientNorm">|g|, L2, before any clip.</param>
/// <param name="Clipped">Entries of g that a clip changed.</param>
/// <param name="Saturated">Coordinates on the box, or beyond, after the step.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StepCounts(double GradientNorm, int Clipped, int Saturated);
