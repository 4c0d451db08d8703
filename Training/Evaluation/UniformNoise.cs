using Training.Randomness;
using Training.Samplers;

namespace Training.Evaluation;

/// <summary>Images without any structure, which a model should tell from data.</summary>
public static class UniformNoise
{
    /// <summary>Draws every pixel from U(low, high) of the box.</summary>
    /// <param name="box">The box.</param>
    /// <param name="stream">What is random.</param>
    /// <param name="count">How many images.</param>
    /// <param name="size">Pixels of an image.</param>
    /// <param name="word">Third counter word.</param>
    /// <returns>Shape [count, size].</returns>
    public static float[] Draw(Box box, RandomStream stream, int count, int size, uint word)
    {
        var noise = new float[count * size];
        for (var row = 0; row < count; row++)
        {
            stream.FillUniform(noise.AsSpan(row * size, size), box.Low, box.High, (uint)row, word, step: 0);
        }

        return noise;
    }
}
