using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A tensor as a parameter; the tensor is empty from then on.</summary>
            public static Parameter Parameter(Tensor data, bool requires_grad = true) =>
                new(data, requires_grad);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>A tensor that is trained: a module that has it in a field counts it among its own.</summary>
    public sealed class Parameter : Tensor
    {
        /// <summary>Takes over a tensor, which is empty from then on, and its place in its scope.</summary>
        public Parameter(Tensor data, bool requires_grad = true)
            : base(data) => requires_grad_(requires_grad);
    }
}
