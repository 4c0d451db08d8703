using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        /// <summary>Optimisers.</summary>
        public static partial class optim
        {
            /// <summary>Changes parameters by their gradients.</summary>
            public abstract class Optimizer : IDisposable
            {
                private protected Optimizer(IEnumerable<ParamGroup> groups) => Groups = [.. groups];

                /// <summary>Sets of parameters, each with a learning rate of its own.</summary>
                public virtual IEnumerable<ILearningRateController> ParamGroups => Groups;

                private protected List<ParamGroup> Groups { get; }

                /// <summary>All parameters.</summary>
                public virtual IEnumerable<Parameter> parameters() =>
                    Groups.SelectMany(group => group.Parameters);

                /// <summary>Drops all gradients.</summary>
                public virtual void zero_grad()
                {
                    Parameter[] all = [.. parameters()];
                    var handles = Tensor.HandlesOf(all);
                    Native.Check(Native.sw_zero_grad(handles, handles.Length, 1));
                    GC.KeepAlive(all);
                }

                /// <summary>Changes every parameter that has a gradient.</summary>
                /// <param name="closure">Computes the loss and the gradients first, where given.</param>
                /// <returns>The closure's loss, null without one.</returns>
                public virtual Tensor? step(Func<Tensor>? closure = null)
                {
                    var loss = closure?.Invoke();
                    foreach (var group in Groups)
                    {
                        foreach (var parameter in group.Parameters.Where(parameter => parameter.HasGradient))
                        {
                            Step(group, parameter);
                        }
                    }

                    return loss;
                }

                /// <inheritdoc/>
                public void Dispose()
                {
                    Dispose(true);
                    GC.SuppressFinalize(this);
                }

                /// <summary>Disposes what is remembered about the parameters, not the parameters.</summary>
                protected abstract void Dispose(bool disposing);

                private protected abstract void Step(ParamGroup group, Parameter parameter);
            }

            /// <summary>Something with a learning rate.</summary>
            public interface ILearningRateController
            {
                /// <summary>The learning rate, changed from the next step on.</summary>
                double LearningRate { get; set; }

                /// <summary>The learning rate at the start.</summary>
                double InitialLearningRate { get; set; }
            }
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Parameters that share a learning rate.</summary>
    public sealed class ParamGroup : optim.ILearningRateController
    {
        internal ParamGroup(IEnumerable<Parameter> parameters, double learningRate)
        {
            Parameters = [.. parameters];
            LearningRate = learningRate;
            InitialLearningRate = learningRate;
        }

        /// <summary>The parameters.</summary>
        public IReadOnlyList<Parameter> Parameters { get; }

        /// <inheritdoc/>
        public double LearningRate { get; set; }

        /// <inheritdoc/>
        public double InitialLearningRate { get; set; }
    }

    /// <summary>An optimiser that can be saved and resumed.</summary>
    /// <remarks>
    /// The bytes are a format of our own, not TorchSharp's; they hold values in the order of the parameters.
    /// The name of the class is TorchSharp's.
    /// </remarks>
    public abstract class OptimizerHelper : optim.Optimizer
    {
        private protected OptimizerHelper(IEnumerable<ParamGroup> groups)
            : base(groups)
        {
        }

        /// <summary>Writes learning rates and what is remembered about each parameter.</summary>
        public void save_state_dict(BinaryWriter writer)
        {
            foreach (var group in Groups)
            {
                writer.Write(group.LearningRate);
                writer.Write(group.InitialLearningRate);
            }

            foreach (var parameter in parameters())
            {
                Save(writer, parameter);
            }
        }

        /// <summary>
        /// Reads what <see cref="save_state_dict(BinaryWriter)"/> wrote, for the same parameters in the same
        /// order.
        /// </summary>
        public void load_state_dict(BinaryReader reader)
        {
            foreach (var group in Groups)
            {
                group.LearningRate = reader.ReadDouble();
                group.InitialLearningRate = reader.ReadDouble();
            }

            foreach (var parameter in parameters())
            {
                Load(reader, parameter);
            }
        }

        /// <summary>Writes learning rates and what is remembered to a file.</summary>
        public void save_state_dict(string location)
        {
            using var writer = new BinaryWriter(File.Create(location));
            save_state_dict(writer);
        }

        /// <summary>Reads a file that <see cref="save_state_dict(string)"/> wrote.</summary>
        public void load_state_dict(string location)
        {
            using var reader = new BinaryReader(File.OpenRead(location));
            load_state_dict(reader);
        }

        private protected abstract void Save(BinaryWriter writer, Parameter parameter);

        private protected abstract void Load(BinaryReader reader, Parameter parameter);

        private protected static Tensor ReadTensor(BinaryReader reader, Parameter parameter)
        {
            var tensor = TensorExtensionMethods.Load(reader).DetachFromDisposeScope();
            return tensor.to(parameter.device, disposeAfter: true).DetachFromDisposeScope();
        }
    }
}
