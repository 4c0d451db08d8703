using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Stochastic gradient descent, with PyTorch's arithmetic.</summary>
            public static SGD SGD(
                IEnumerable<Parameter> parameters, double learningRate, double momentum = 0,
                double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Stochastic gradient descent with momentum, with PyTorch's arithmetic.</summary>
    public sealed class SGD : optim.Optimizer
    {
        private readonly Dictionary<Parameter, Tensor> _momenta = new(ReferenceEqualityComparer.Instance);
        private readonly SgdValue _options;

        /// <summary>Gradient descent over parameters.</summary>
        /// <param name="parameters">What to change.</param>
        /// <param name="lr">The learning rate.</param>
        /// <param name="momentum">How much of the last change is kept; 0 keeps none.</param>
        /// <param name="dampening">How much of the gradient does not enter the momentum.</param>
        /// <param name="weight_decay">How much of each parameter is added to its gradient.</param>
        /// <param name="nesterov">Whether the gradient is looked at one momentum ahead.</param>
        /// <param name="maximize">Whether the loss is made larger.</param>
        public SGD(
            IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0,
            double weight_decay = 0, bool nesterov = false, bool maximize = false)
            : base([new ParamGroup(parameters, lr)]) =>
            _options = new SgdValue(lr, momentum, dampening, weight_decay, nesterov ? 1 : 0,
                maximize ? 1 : 0);

        /// <summary>Writes learning rates and what is remembered about each parameter, in a format of our own.</summary>
        public void save_state_dict(BinaryWriter writer) => WriteState(writer);

        /// <summary>Reads what was written so, for the same parameters in the same order.</summary>
        public void load_state_dict(BinaryReader reader) => ReadState(reader);

        private protected override void Step(ParamGroup group, Parameter parameter)
        {
            Tensor? momentum = null;
            var first = false;
            if (_options.Momentum != 0 && !_momenta.TryGetValue(parameter, out momentum))
            {
                first = true;
                momentum = Unset(parameter);
                _momenta.Add(parameter, momentum);
            }

            var options = _options with { LearningRate = group.LearningRate };
            Native.Check(Native.sw_sgd_step(parameter, momentum, first ? 1 : 0, options));
        }

        private protected override void Write(BinaryWriter writer, Parameter parameter)
        {
            var known = _momenta.TryGetValue(parameter, out var momentum);
            writer.Write(known);
            momentum?.Save(writer);
        }

        private protected override void Read(BinaryReader reader, Parameter parameter)
        {
            if (_momenta.Remove(parameter, out var old))
            {
                old.Dispose();
            }

            if (reader.ReadBoolean())
            {
                _momenta.Add(parameter, ReadTensor(reader, parameter));
            }
        }

        /// <inheritdoc/>
        protected override void Dispose(bool disposing)
        {
            foreach (var momentum in _momenta.Values)
            {
                momentum.Dispose();
            }

            _momenta.Clear();
        }

        private static Tensor Unset(Parameter parameter)
        {
            using var plain = no_grad();
            return parameter.empty_like().DetachFromDisposeScope();
        }
    }
}
