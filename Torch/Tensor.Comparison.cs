namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Where elements are equal.</summary>
        public Tensor eq(Tensor target) => Made(Native.sw_eq(this, target, out var result), result);

        /// <summary>Where elements are equal.</summary>
        public Tensor eq(Scalar target) => Made(Native.sw_eq_scalar(this, target, out var result), result);

        /// <summary>Where elements are not equal.</summary>
        public Tensor ne(Tensor target) => Made(Native.sw_ne(this, target, out var result), result);

        /// <summary>Where elements are not equal.</summary>
        public Tensor ne(Scalar target) => Made(Native.sw_ne_scalar(this, target, out var result), result);

        /// <summary>Where elements are less.</summary>
        public Tensor lt(Tensor target) => Made(Native.sw_lt(this, target, out var result), result);

        /// <summary>Where elements are less.</summary>
        public Tensor lt(Scalar target) => Made(Native.sw_lt_scalar(this, target, out var result), result);

        /// <summary>Where elements are less or equal.</summary>
        public Tensor le(Tensor target) => Made(Native.sw_le(this, target, out var result), result);

        /// <summary>Where elements are less or equal.</summary>
        public Tensor le(Scalar target) => Made(Native.sw_le_scalar(this, target, out var result), result);

        /// <summary>Where elements are greater.</summary>
        public Tensor gt(Tensor target) => Made(Native.sw_gt(this, target, out var result), result);

        /// <summary>Where elements are greater.</summary>
        public Tensor gt(Scalar target) => Made(Native.sw_gt_scalar(this, target, out var result), result);

        /// <summary>Where elements are greater or equal.</summary>
        public Tensor ge(Tensor target) => Made(Native.sw_ge(this, target, out var result), result);

        /// <summary>Where elements are greater or equal.</summary>
        public Tensor ge(Scalar target) => Made(Native.sw_ge_scalar(this, target, out var result), result);

        /// <summary>Where elements are less.</summary>
        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);

        /// <summary>Where elements are less.</summary>
        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);

        /// <summary>Where elements are less or equal.</summary>
        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);

        /// <summary>Where elements are less or equal.</summary>
        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);

        /// <summary>Where elements are greater.</summary>
        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);

        /// <summary>Where elements are greater.</summary>
        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);

        /// <summary>Where elements are greater or equal.</summary>
        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);

        /// <summary>Where elements are greater or equal.</summary>
        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);

        /// <summary>Whether all elements agree within rtol of the target's and atol.</summary>
        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
        {
            Native.Check(Native.sw_allclose(this, target, rtol, atol, equal_nan ? 1 : 0, out var result));
            return result != 0;
        }

        /// <summary>Whether no element is 0.</summary>
        public Tensor all() => Made(Native.sw_all(this, out var result), result);

        /// <summary>Whether no element along the dimension is 0.</summary>
        public Tensor all(long dim, bool keepdim = false) =>
            Made(Native.sw_all_dim(this, dim, keepdim ? 1 : 0, out var result), result);

        /// <summary>Whether some element is not 0.</summary>
        public Tensor any() => Made(Native.sw_any(this, out var result), result);

        /// <summary>Whether some element along the dimension is not 0.</summary>
        public Tensor any(long dim, bool keepdim = false) =>
            Made(Native.sw_any_dim(this, dim, keepdim ? 1 : 0, out var result), result);
    }
}
