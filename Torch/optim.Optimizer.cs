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

                /// <summary>Writes learning rates and what is remembered about each parameter.</summary>
                /// <remarks>The bytes are a format of our own, not TorchSharp's.</remarks>
                private protected void WriteState(BinaryWriter writer)
                {
                    foreach (var group in Groups)
                    {
                        writer.Write(group.LearningRate);
                        writer.Write(group.InitialLearningRate);
                    }

                    foreach (var parameter in parameters())
                    {
                        Write(writer, parameter);
                    }
                }

                /// <summary>
                /// Reads what <see cref="WriteState"/> wrote, for the same parameters in the same order.
                /// </summary>
                private protected void ReadState(BinaryReader reader)
                {
                    foreach (var group in Groups)
                    {
                        group.LearningRate = reader.ReadDouble();
                        group.InitialLearningRate = reader.ReadDouble();
                    }

                    foreach (var parameter in parameters())
                    {
                        Read(reader, parameter);
                    }
                }

                private protected abstract void Write(BinaryWriter writer, Parameter parameter);

                private protected abstract void Read(BinaryReader reader, Parameter parameter);

                private protected static Tensor ReadTensor(BinaryReader reader, Parameter parameter)
                {
                    var tensor = TensorExtensionMethods.Load(reader).DetachFromDisposeScope();
                    return tensor.to(parameter.device, disposeAfter: true).DetachFromDisposeScope();
                }
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
}
