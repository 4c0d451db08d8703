using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A layer x ↦ x·Wᵀ + b, with PyTorch's initial values: U(±1/√inputs).</summary>
            public static Linear Linear(
                long inputSize, long outputSize, bool hasBias = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(inputSize, outputSize, hasBias, device, dtype);

            public static partial class functional
            {
                /// <summary>x·Wᵀ + b.</summary>
                public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) =>
                    Tensor.Made(Native.sw_linear(input, weights, bias, out var result), result);
            }
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>A layer x ↦ x·Wᵀ + b.</summary>
    public sealed class Linear : nn.Module<Tensor, Tensor>
    {
        internal Linear(long inputSize, long outputSize, bool hasBias, Device? device, ScalarType? dtype)
            : base(nameof(Linear))
        {
            in_features = inputSize;
            out_features = outputSize;
            weight = new Parameter(empty(outputSize, inputSize, dtype, device));
            register_parameter(nameof(weight), weight);
            nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
            if (hasBias)
            {
                bias = new Parameter(empty(outputSize, dtype, device));
                register_parameter(nameof(bias), bias);
                nn.init.UniformByFanIn(bias, weight);
            }
        }

        /// <summary>Numbers in.</summary>
        public long in_features { get; }

        /// <summary>Numbers out.</summary>
        public long out_features { get; }

        /// <summary>W, shape [out, in].</summary>
        public Parameter weight { get; }

        /// <summary>b, shape [out]; null where there is none.</summary>
        public Parameter? bias { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => nn.functional.linear(input, weight, bias);
    }
}
