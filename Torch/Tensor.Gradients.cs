namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether operations on it are recorded for gradients.</summary>
        public bool requires_grad
        {
            get
            {
                Native.Check(Native.sw_requires_grad(this, out var result));
                return result != 0;
            }

            set => Native.Check(Native.sw_set_requires_grad(this, value ? 1 : 0));
        }

        /// <summary>The gradient that backward passes have left, null where there is none.</summary>
        /// <remarks>
        /// A method in TorchSharp before 0.102.5: portable code asks <see cref="Gradients"/>.
        /// </remarks>
        public Tensor? grad
        {
            get => MadeOrNull(Native.sw_grad(this, out var result), result);
            set => Native.Check(Native.sw_set_grad(this, value));
        }

        /// <summary>Whether it was made by the user and not by a recorded operation.</summary>
        public bool is_leaf
        {
            get
            {
                Native.Check(Native.sw_is_leaf(this, out var result));
                return result != 0;
            }
        }

        internal bool HasGradient
        {
            get
            {
                Native.Check(Native.sw_has_grad(this, out var result));
                return result != 0;
            }
        }

        /// <summary>Sets whether operations on it are recorded.</summary>
        public Tensor requires_grad_(bool requires_grad = true) =>
            Changed(Native.sw_set_requires_grad(this, requires_grad ? 1 : 0));

        /// <summary>Keeps the gradient of a tensor that an operation made.</summary>
        public void retain_grad() => Native.Check(Native.sw_retain_grad(this));

        /// <summary>The same storage, outside the graph.</summary>
        public Tensor detach() => Made(Native.sw_detach(this, out var result), result);

        /// <summary>Leaves the graph.</summary>
        public Tensor detach_() => Changed(Native.sw_detach_(this));

        /// <summary>Adds the gradients of this scalar to the leaves it was made from.</summary>
        public void backward() => autograd.backward([this]);

        /// <summary>Adds gradients to the leaves, from given gradients of this tensor.</summary>
        public void backward(
            IList<Tensor>? grad_tensors, bool retain_graph = false, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);
    }
}
