namespace Training.Randomness;

/// <summary>
/// Two standard normals from two random words, in double precision: the reference of the vector kernel.
/// </summary>
/// <remarks>Source: Box and Muller 1958, with u = ((w ≫ 8) + ½)·2⁻²⁴, which is never 0 and never 1.</remarks>
public static class BoxMuller
{
    private const double Scale = 1.0 / (1 << 24);

    /// <summary>A word as a number in the open interval (0, 1), exactly.</summary>
    public static double Unit(uint word) => ((word >> 8) + 0.5) * Scale;

    /// <summary>√(−2 ln u₀)·cos 2πu₁ and √(−2 ln u₀)·sin 2πu₁, rounded to single precision.</summary>
    public static (float Cosine, float Sine) Normals(uint word0, uint word1)
    {
        var radius = Math.Sqrt(-2 * Math.Log(Unit(word0)));
        var (sine, cosine) = Math.SinCos(2 * Math.PI * Unit(word1));
        return ((float)(radius * cosine), (float)(radius * sine));
    }
}
