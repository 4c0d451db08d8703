namespace TorchSharp;

public static partial class torch
{
    /// <summary>Records nothing for gradients on this thread until it is disposed.</summary>
    public static IDisposable no_grad() => new GradientMode(false);

    /// <summary>Records operations for gradients on this thread until it is disposed.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradientMode(enabled);

    /// <summary>Records operations for gradients, or not, on this thread until it is disposed.</summary>
    public static IDisposable set_grad_enabled(bool mode = true) => new GradientMode(mode);

    /// <summary>Whether this thread records operations for gradients.</summary>
    public static bool is_grad_enabled() => Native.sw_grad_enabled() != 0;

    /// <summary>Gradients of tensors with respect to others.</summary>
    public static partial class autograd
    {
        /// <summary>Gradients of outputs with respect to inputs, which are left as they are.</summary>
        /// <param name="outputs">
        /// What to differentiate; scalars, or with <paramref name="grad_outputs"/>.
        /// </param>
        /// <param name="inputs">What to differentiate by.</param>
        /// <param name="grad_outputs">Gradients of the outputs to start from; null stands for ones.</param>
        /// <param name="retain_graph">Whether the graph is kept for another pass.</param>
        /// <param name="create_graph">Whether the gradients are themselves recorded.</param>
        /// <param name="allow_unused">
        /// Whether inputs may have no part in the outputs; their gradient is then null.
        /// </param>
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null,
            bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            var from = Tensor.HandlesOf(outputs);
            var by = Tensor.HandlesOf(inputs);
            var seeds = Tensor.HandlesOf(grad_outputs);
            var grads = new nint[by.Length];
            Native.Check(Native.sw_autograd_grad(
                from, from.Length, by, by.Length, seeds, seeds.Length, retain_graph || create_graph ? 1 : 0,
                create_graph ? 1 : 0, allow_unused ? 1 : 0, grads));
            GC.KeepAlive((outputs, inputs, grad_outputs));
            return Array.ConvertAll(grads, handle => handle == 0 ? null! : new Tensor(handle));
        }

        /// <summary>Adds gradients to the leaves that tensors were made from.</summary>
        /// <param name="tensors">What to differentiate.</param>
        /// <param name="grad_tensors">Gradients of the tensors to start from; null stands for ones.</param>
        /// <param name="retain_graph">Whether the graph is kept; null: where gradients are recorded.</param>
        /// <param name="create_graph">Whether the gradients are themselves recorded.</param>
        /// <param name="inputs">The leaves to add to; null for all.</param>
        public static void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null,
            bool create_graph = false, IList<Tensor>? inputs = null)
        {
            var from = Tensor.HandlesOf(tensors);
            var seeds = Tensor.HandlesOf(grad_tensors);
            var leaves = Tensor.HandlesOf(inputs);
            Native.Check(Native.sw_autograd_backward(
                from, from.Length, seeds, seeds.Length, (retain_graph ?? create_graph) ? 1 : 0,
                create_graph ? 1 : 0, leaves, leaves.Length));
            GC.KeepAlive((tensors, grad_tensors, inputs));
        }
    }

    /// <summary>Sets what this thread records, and sets it back.</summary>
    private sealed class GradientMode : IDisposable
    {
        private readonly int _before = Native.sw_grad_enabled();

        internal GradientMode(bool enabled) => Native.sw_set_grad_enabled(enabled ? 1 : 0);

        public void Dispose() => Native.sw_set_grad_enabled(_before);
    }
}
