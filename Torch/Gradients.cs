using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The one place that knows how a TorchSharp release spells a tensor's gradient.</summary>
/// <remarks>
/// <c>grad()</c> is a method up to 0.102.4 and a property since. Code that must build against both asks here;
/// a build against a release from before the change defines TORCHSHARP_GRAD_IS_A_METHOD.
/// </remarks>
public static class Gradients
{
    /// <summary>The gradient that backward passes have left in a tensor, null where there is none.</summary>
    public static Tensor? Gradient(this Tensor tensor)
    {
#if TORCHSHARP_GRAD_IS_A_METHOD
        return tensor.grad();
#else
        return tensor.grad;
#endif
    }
}
