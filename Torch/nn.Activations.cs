using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>x·sigmoid(x), also called swish, as a module.</summary>
            public static SiLU SiLU(bool inplace = false) => new(inplace);

            /// <summary>max(x, 0), as a module.</summary>
            public static ReLU ReLU(bool inplace = false) => new(inplace);

            /// <summary>x above 0, slope·x below, as a module.</summary>
            public static LeakyReLU LeakyReLU(double negative_slope = 0.01, bool inplace = false) =>
                new(negative_slope, inplace);

            /// <summary>x above 0, α(eˣ − 1) below, as a module.</summary>
            public static ELU ELU(double alpha = 1.0, bool inplace = false) => new(alpha, inplace);

            /// <summary>1/(1 + e⁻ˣ), as a module.</summary>
            public static Sigmoid Sigmoid(bool inplace = false) => new(inplace);

            /// <summary>tanh x, as a module.</summary>
            public static Tanh Tanh(bool inplace = false) => new(inplace);

            /// <summary>ln(1 + e^(βx))/β; x itself where βx is above the threshold, as a module.</summary>
            public static Softplus Softplus(double beta = 1, double threshold = 20) => new(beta, threshold);

            /// <summary>Dimensions from one to another made one, as a module.</summary>
            public static Flatten Flatten(long start_dim = 1, long end_dim = -1) => new(start_dim, end_dim);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>x·sigmoid(x), also called swish.</summary>
    public sealed class SiLU : nn.Module<Tensor, Tensor>
    {
        internal SiLU(bool inplace)
            : base(nameof(SiLU))
        {
            this.inplace = inplace;
        }

        /// <summary>Whether the input itself is overwritten.</summary>
        public bool inplace { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => inplace ? input.silu_() : input.silu();
    }

    /// <summary>max(x, 0).</summary>
    public sealed class ReLU : nn.Module<Tensor, Tensor>
    {
        internal ReLU(bool inplace)
            : base(nameof(ReLU))
        {
            this.inplace = inplace;
        }

        /// <summary>Whether the input itself is overwritten.</summary>
        public bool inplace { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => inplace ? input.relu_() : input.relu();
    }

    /// <summary>x above 0, slope·x below.</summary>
    public sealed class LeakyReLU : nn.Module<Tensor, Tensor>
    {
        internal LeakyReLU(double negative_slope, bool inplace)
            : base(nameof(LeakyReLU))
        {
            this.negative_slope = negative_slope;
            this.inplace = inplace;
        }

        /// <summary>The slope below 0.</summary>
        public double negative_slope { get; }

        /// <summary>Whether the input itself is overwritten.</summary>
        public bool inplace { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) =>
            inplace ? input.leaky_relu_(negative_slope) : input.leaky_relu(negative_slope);
    }

    /// <summary>x above 0, α(eˣ − 1) below.</summary>
    public sealed class ELU : nn.Module<Tensor, Tensor>
    {
        internal ELU(double alpha, bool inplace)
            : base(nameof(ELU))
        {
            this.alpha = alpha;
            this.inplace = inplace;
        }

        /// <summary>α, the limit far below 0.</summary>
        public double alpha { get; }

        /// <summary>Whether the input itself is overwritten.</summary>
        public bool inplace { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => inplace ? input.elu_(alpha) : input.elu(alpha);
    }

    /// <summary>1/(1 + e⁻ˣ).</summary>
    public sealed class Sigmoid : nn.Module<Tensor, Tensor>
    {
        internal Sigmoid(bool inplace)
            : base(nameof(Sigmoid))
        {
            this.inplace = inplace;
        }

        /// <summary>Whether the input itself is overwritten.</summary>
        public bool inplace { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => inplace ? input.sigmoid_() : input.sigmoid();
    }

    /// <summary>tanh x.</summary>
    public sealed class Tanh : nn.Module<Tensor, Tensor>
    {
        internal Tanh(bool inplace)
            : base(nameof(Tanh))
        {
            this.inplace = inplace;
        }

        /// <summary>Whether the input itself is overwritten.</summary>
        public bool inplace { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => inplace ? input.tanh_() : input.tanh();
    }

    /// <summary>ln(1 + e^(βx))/β; x itself where βx is above the threshold.</summary>
    public sealed class Softplus : nn.Module<Tensor, Tensor>
    {
        internal Softplus(double beta, double threshold)
            : base(nameof(Softplus))
        {
            this.beta = beta;
            this.threshold = threshold;
        }

        /// <summary>β, how sharp the bend is.</summary>
        public double beta { get; }

        /// <summary>Where it becomes x itself.</summary>
        public double threshold { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => input.softplus(beta, threshold);
    }

    /// <summary>Dimensions from one to another made one.</summary>
    public sealed class Flatten : nn.Module<Tensor, Tensor>
    {
        internal Flatten(long start_dim, long end_dim)
            : base(nameof(Flatten))
        {
            this.start_dim = start_dim;
            this.end_dim = end_dim;
        }

        /// <summary>The first of the dimensions.</summary>
        public long start_dim { get; }

        /// <summary>The last of the dimensions.</summary>
        public long end_dim { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => input.flatten(start_dim, end_dim);
    }
}
