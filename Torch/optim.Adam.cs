using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Adam, with PyTorch's arithmetic.</summary>
            public static Adam Adam(
                IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            /// <summary>Adam, with PyTorch's arithmetic.</summary>
            public static Adam Adam(
                IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3,
                double beta1 = 0.9,
                double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false,
                bool maximize = false) =>
                new(
                    parameters.Select(named => named.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad,
                    maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Adam, with PyTorch's arithmetic.</summary>
    /// <remarks>Source: Kingma and Ba 2015, algorithm 1; AMSGrad: Reddi et al. 2018.</remarks>
    public sealed class Adam : optim.Optimizer
    {
        private readonly Dictionary<Parameter, Moments> _moments = new(ReferenceEqualityComparer.Instance);
        private readonly AdamValue _options;
        private readonly bool _amsgrad;

        /// <summary>Adam over parameters.</summary>
        /// <param name="parameters">What to change.</param>
        /// <param name="lr">α, the learning rate.</param>
        /// <param name="beta1">β₁, how much of the mean of gradients is kept at each step.</param>
        /// <param name="beta2">β₂, how much of the mean of their squares is kept at each step.</param>
        /// <param name="eps">ε, added to the root of the mean of squares.</param>
        /// <param name="weight_decay">How much of each parameter is added to its gradient.</param>
        /// <param name="amsgrad">Whether the largest mean of squares so far is used.</param>
        /// <param name="maximize">Whether the loss is made larger.</param>
        public Adam(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
            double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base([new ParamGroup(parameters, lr)])
        {
            _options = new AdamValue(lr, beta1, beta2, eps, weight_decay, 0, maximize ? 1 : 0);
            _amsgrad = amsgrad;
        }

        /// <summary>Writes learning rates and what is remembered about each parameter, in a format of our own.</summary>
        public void save_state_dict(BinaryWriter writer) => WriteState(writer);

        /// <summary>Reads what was written so, for the same parameters in the same order.</summary>
        public void load_state_dict(BinaryReader reader) => ReadState(reader);

        private protected override void Step(ParamGroup group, Parameter parameter)
        {
            if (!_moments.TryGetValue(parameter, out var moments))
            {
                moments = new Moments(Zeros(parameter), Zeros(parameter), _amsgrad ? Zeros(parameter) : null);
                _moments.Add(parameter, moments);
            }

            moments.Steps++;
            var options = _options with { LearningRate = group.LearningRate, Step = moments.Steps };
            Native.Check(Native.sw_adam_step(parameter, moments.Mean, moments.Square, moments.Largest,
                options));
        }

        private protected override void Write(BinaryWriter writer, Parameter parameter)
        {
            var known = _moments.TryGetValue(parameter, out var moments);
            writer.Write(known ? moments!.Steps : 0);
            if (known)
            {
                moments!.Mean.Save(writer);
                moments.Square.Save(writer);
                moments.Largest?.Save(writer);
            }
        }

        private protected override void Read(BinaryReader reader, Parameter parameter)
        {
            if (_moments.Remove(parameter, out var old))
            {
                old.Dispose();
            }

            var steps = reader.ReadInt64();
            if (steps > 0)
            {
                var mean = ReadTensor(reader, parameter);
                var square = ReadTensor(reader, parameter);
                var largest = _amsgrad ? ReadTensor(reader, parameter) : null;
                _moments.Add(parameter, new Moments(mean, square, largest) { Steps = steps });
            }
        }

        /// <inheritdoc/>
        protected override void Dispose(bool disposing)
        {
            foreach (var moments in _moments.Values)
            {
                moments.Dispose();
            }

            _moments.Clear();
        }

        private static Tensor Zeros(Parameter parameter)
        {
            using var plain = no_grad();
            return parameter.zeros_like().DetachFromDisposeScope();
        }

        /// <summary>What Adam remembers about one parameter.</summary>
        private sealed record Moments(Tensor Mean, Tensor Square, Tensor? Largest) : IDisposable
        {
            internal long Steps { get; set; }

            public void Dispose()
            {
                Mean.Dispose();
                Square.Dispose();
                Largest?.Dispose();
            }
        }
    }
}
