using Training.Models;
using Training.Randomness;
using Training.Samplers;
using static TorchSharp.torch;

namespace Training.Evaluation;

/// <summary>Changes images within an L∞ ball so as to raise the cross-entropy of their labels.</summary>
/// <param name="model">The classifier; its parameters are to be frozen.</param>
/// <param name="sampleShape">Shape of one image, such as [1, 28, 28].</param>
/// <param name="box">The box that images stay in.</param>
/// <param name="stream">Where attacks start.</param>
/// <remarks>
/// x₀ = x + u, u ~ U(−ε, ε); x_(k+1) = clip(x_k + step·sign ∇CE(l(x_k), y)) to the ball round x and to the
/// box. Source: Madry et al. 2018, section 2.1.
/// </remarks>
public sealed class ProjectedGradientAttack(
    IClassifier model, IReadOnlyList<long> sampleShape, Box box, RandomStream stream)
{
    private const int BatchSize = 250;

    private readonly int _size = (int)sampleShape.Aggregate(1L, (product, side) => product * side);

    /// <summary>Attacks every image from each start, and keeps of each the attack that went furthest.</summary>
    /// <param name="images">Shape [count, image size].</param>
    /// <param name="labels">Shape [count].</param>
    /// <param name="settings">Radius, step and length.</param>
    /// <param name="restarts">How many starts.</param>
    /// <param name="stop">Checked before each start.</param>
    /// <returns>
    /// The attacked images, shape of <paramref name="images"/>, and by how much the largest wrong logit of each lies
    /// above that of the label: above 0 it is wrong.
    /// </returns>
    public (float[] Images, double[] Margins) Run(
        float[] images, byte[] labels, AttackSettings settings, int restarts, CancellationToken stop)
    {
        var worst = (float[])[.. images];
        var margins = new double[labels.Length];
        Array.Fill(margins, double.NegativeInfinity);
        for (var restart = 0; restart < restarts; restart++)
        {
            stop.ThrowIfCancellationRequested();
            var attacked = Attack(images, labels, settings, (uint)restart);
            var reached = Margins(attacked, labels);
            for (var row = 0; row < labels.Length; row++)
            {
                if (reached[row] > margins[row])
                {
                    margins[row] = reached[row];
                    attacked.AsSpan(row * _size, _size).CopyTo(worst.AsSpan(row * _size, _size));
                }
            }
        }

        return (worst, margins);
    }

    /// <summary>Largest logit of another class less that of the label.</summary>
    /// <param name="images">Shape [count, image size].</param>
    /// <param name="labels">Shape [count].</param>
    public double[] Margins(float[] images, byte[] labels)
    {
        var logits = ModelOutputs.Of(model.Logits, images, sampleShape);
        return
        [
            .. labels.Select((label, row) => Enumerable.Range(0, logits.ColumnCount)
                .Where(c => c != label).Max(c => logits[row, c]) - logits[row, label]),
        ];
    }

    private float[] Attack(float[] images, byte[] labels, AttackSettings settings, uint restart)
    {
        var attacked = new float[images.Length];
        for (var first = 0; first < labels.Length; first += BatchSize)
        {
            var count = Math.Min(BatchSize, labels.Length - first);
            var origin = images.AsSpan(first * _size, count * _size);
            var moved = attacked.AsSpan(first * _size, count * _size);
            for (var row = 0; row < count; row++)
            {
                stream.FillUniform(
                    moved.Slice(row * _size, _size), -settings.Radius, settings.Radius, (uint)(first + row), restart,
                    step: 1);
            }

            Add(origin, moved);
            box.Clamp(moved);
            Climb(origin, moved, labels.AsSpan(first, count), settings);
        }

        return attacked;
    }

    private void Climb(
        ReadOnlySpan<float> origin, Span<float> moved, ReadOnlySpan<byte> labels, AttackSettings settings)
    {
        using var classes = zeros([labels.Length], int64);
        for (var row = 0; row < labels.Length; row++)
        {
            classes.Longs()[row] = labels[row];
        }

        var (radius, step) = ((float)settings.Radius, (float)settings.Step);
        for (var taken = 0; taken < settings.Steps; taken++)
        {
            using var scope = NewDisposeScope();
            var batch = empty([labels.Length, .. sampleShape]);
            moved.CopyTo(batch.Floats());
            batch.requires_grad = true;
            var loss = nn.functional.cross_entropy(model.Logits(batch), classes);
            var gradient = autograd.grad([loss], [batch])[0].contiguous().Floats();
            for (var i = 0; i < moved.Length; i++)
            {
                var up = moved[i] + (gradient[i] > 0 ? step : gradient[i] < 0 ? -step : 0);
                moved[i] = Math.Clamp(up, origin[i] - radius, origin[i] + radius);
            }

            box.Clamp(moved);
        }
    }

    private static void Add(ReadOnlySpan<float> what, Span<float> to)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] += what[i];
        }
    }
}

/// <summary>How far and how finely an attack goes.</summary>
/// <param name="Radius">ε, most change of a pixel, in units of x.</param>
/// <param name="Step">Change of a pixel in a step.</param>
/// <param name="Steps">How many steps.</param>
public sealed record AttackSettings(double Radius, double Step, int Steps);
