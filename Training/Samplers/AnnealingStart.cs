using Training.Randomness;
using static TorchSharp.torch;

namespace Training.Samplers;

/// <summary>Where annealing starts: a density exp(−E₀)/Z₀ whose Z₀ is known and that is drawn from exactly.</summary>
public abstract record AnnealingStart
{
    private AnnealingStart()
    {
    }

    /// <summary>What keeps chains of every level: the density that is annealed to is one within it.</summary>
    public abstract Box Within { get; }

    /// <summary>log Z₀, in nats.</summary>
    /// <param name="numbers">Numbers in one state.</param>
    public abstract double LogZ(int numbers);

    /// <summary>E₀ of each state.</summary>
    /// <param name="x">Shape [chains, …].</param>
    /// <returns>Shape [chains].</returns>
    internal abstract Tensor Energy(Tensor x);

    /// <summary>Draws one state.</summary>
    /// <param name="state">The state, flattened, overwritten.</param>
    /// <param name="stream">What is random.</param>
    /// <param name="row">Second counter word.</param>
    /// <param name="update">Third counter word.</param>
    /// <param name="step">Fourth counter word.</param>
    internal abstract void Draw(Span<float> state, RandomStream stream, uint row, uint update, uint step);

    /// <summary>N(0, s²·I), unbounded.</summary>
    /// <param name="Deviation">s.</param>
    public sealed record Gaussian(double Deviation) : AnnealingStart
    {
        /// <inheritdoc/>
        public override Box Within => Box.Unbounded;

        /// <inheritdoc/>
        public override double LogZ(int numbers) => numbers / 2.0 * Math.Log(2 * Math.PI * Deviation * Deviation);

        /// <inheritdoc/>
        internal override Tensor Energy(Tensor x) =>
            x.reshape(x.shape[0], -1).square().sum(1) * (0.5 / (Deviation * Deviation));

        /// <inheritdoc/>
        internal override void Draw(Span<float> state, RandomStream stream, uint row, uint update, uint step)
        {
            stream.FillNormal(state, row, update, step);
            foreach (ref var number in state)
            {
                number = (float)(Deviation * number);
            }
        }
    }

    /// <summary>The uniform density of a box, E₀ = 0: for energies that are normalised over that box.</summary>
    /// <param name="Box">The box, bounded.</param>
    public sealed record Uniform(Box Box) : AnnealingStart
    {
        /// <inheritdoc/>
        public override Box Within => Box;

        /// <inheritdoc/>
        public override double LogZ(int numbers) => numbers * Math.Log(Box.High - Box.Low);

        /// <inheritdoc/>
        internal override Tensor Energy(Tensor x) => zeros(x.shape[0]);

        /// <inheritdoc/>
        internal override void Draw(Span<float> state, RandomStream stream, uint row, uint update, uint step) =>
            stream.FillUniform(state, Box.Low, Box.High, row, update, step);
    }
}
