namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The sum of all elements.</summary>
        public Tensor sum(ScalarType? type = null) =>
            Made(Native.sw_sum(this, TypeOf(type), out var result), result);

        /// <summary>The sum over dimensions.</summary>
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) =>
            Made(
                Native.sw_sum_dims(
                    this, dim, dim.Length, Flag(keepdim), TypeOf(type), out var result), result);

        /// <summary>The sum over a dimension.</summary>
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) =>
            sum([dim], keepdim, type);

        /// <summary>The mean of all elements.</summary>
        public Tensor mean() => Made(Native.sw_mean(this, out var result), result);

        /// <summary>The mean over dimensions.</summary>
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Made(
                Native.sw_mean_dims(
                    this, dimensions, dimensions.Length, Flag(keepdim), TypeOf(type), out var result),
                result);

        /// <summary>The standard deviation of all elements, with n − 1 where unbiased.</summary>
        public Tensor std(bool unbiased = true) =>
            Made(Native.sw_std(this, Flag(unbiased), out var result), result);

        /// <summary>The standard deviation over dimensions, with n − 1 where unbiased.</summary>
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false) =>
            Made(
                Native.sw_std_dims(
                    this, dimensions, dimensions.Length, Flag(unbiased), Flag(keepdim), out var result),
                result);

        /// <summary>The standard deviation over a dimension, with n − 1 where unbiased.</summary>
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false) =>
            std([dim], unbiased, keepdim);

        /// <summary>The variance of all elements, with n − 1 where unbiased.</summary>
        public Tensor var(bool unbiased = true) =>
            Made(Native.sw_var(this, Flag(unbiased), out var result), result);

        /// <summary>The variance over dimensions, with n − 1 where unbiased.</summary>
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false) =>
            Made(
                Native.sw_var_dims(
                    this, dimensions, dimensions.Length, Flag(unbiased), Flag(keepdim), out var result),
                result);

        /// <summary>The variance over a dimension, with n − 1 where unbiased.</summary>
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false) =>
            var([dim], unbiased, keepdim);

        /// <summary>The product of all elements.</summary>
        public Tensor prod(ScalarType? type = null) =>
            Made(Native.sw_prod(this, TypeOf(type), out var result), result);

        /// <summary>The largest element.</summary>
        public Tensor max() => Made(Native.sw_max(this, out var result), result);

        /// <summary>The largest elements along a dimension and where they are.</summary>
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) =>
            MadePair(
                Native.sw_max_dim(this, dim, Flag(keepdim), out var values, out var places),
                values,
                places);

        /// <summary>The largest elements over dimensions.</summary>
        public Tensor amax(params long[] dims) =>
            Made(Native.sw_amax(this, dims, dims.Length, 0, out var result), result);

        /// <summary>The place of the largest of all elements.</summary>
        public Tensor argmax() => Made(Native.sw_argmax(this, out var result), result);

        /// <summary>The place of the largest element along a dimension.</summary>
        public Tensor argmax(long dim, bool keepdim = false) =>
            Made(Native.sw_argmax_dim(this, dim, Flag(keepdim), out var result), result);

        /// <summary>The smallest element.</summary>
        public Tensor min() => Made(Native.sw_min(this, out var result), result);

        /// <summary>The smallest elements along a dimension and where they are.</summary>
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) =>
            MadePair(
                Native.sw_min_dim(this, dim, Flag(keepdim), out var values, out var places),
                values,
                places);

        /// <summary>The smallest elements over dimensions.</summary>
        public Tensor amin(params long[] dims) =>
            Made(Native.sw_amin(this, dims, dims.Length, 0, out var result), result);

        /// <summary>The place of the smallest of all elements.</summary>
        public Tensor argmin() => Made(Native.sw_argmin(this, out var result), result);

        /// <summary>The place of the smallest element along a dimension.</summary>
        public Tensor argmin(long dim, bool keepdim = false) =>
            Made(Native.sw_argmin_dim(this, dim, Flag(keepdim), out var result), result);

        /// <summary>The median of all elements, the lower one of two.</summary>
        public Tensor median() => Made(Native.sw_median(this, out var result), result);

        /// <summary>The places that would sort along a dimension.</summary>
        public Tensor argsort(long dim = -1, bool descending = false) =>
            Made(Native.sw_argsort(this, dim, Flag(descending), out var result), result);

        /// <summary>The elements in order along a dimension, and where they were.</summary>
        public (Tensor Values, Tensor Indices) sort(
            long dim = -1, bool descending = false, bool stable = false) =>
            MadePair(
                Native.sw_sort(this, dim, Flag(descending), Flag(stable), out var values, out var places),
                values,
                places);

        /// <summary>The k largest (or smallest) elements along a dimension, and where they are.</summary>
        public (Tensor values, Tensor indexes) topk(
            int k, int dim = -1, bool largest = true, bool sorted = true) =>
            MadePair(
                Native.sw_topk(this, k, dim, Flag(largest), Flag(sorted), out var values, out var places),
                values,
                places);

        /// <summary>The p-norm of all elements.</summary>
        public Tensor norm(float p = 2.0f) => Made(Native.sw_norm(this, p, out var result), result);

        /// <summary>The p-norm along a dimension.</summary>
        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) =>
            Made(Native.sw_norm_dim(this, p, dim, Flag(keepdim), out var result), result);

        /// <summary>ln Σ eˣ along a dimension, without overflow.</summary>
        public Tensor logsumexp(long dim, bool keepdim = false) =>
            Made(Native.sw_logsumexp(this, dim, Flag(keepdim), out var result), result);

        /// <summary>eˣ over its sum along a dimension.</summary>
        public Tensor softmax(long dim, ScalarType? dtype = null) =>
            Made(Native.sw_softmax(this, dim, TypeOf(dtype), out var result), result);

        /// <summary>The logarithm of softmax, without overflow.</summary>
        public Tensor log_softmax(long dim, ScalarType? dtype = null) =>
            Made(Native.sw_log_softmax(this, dim, TypeOf(dtype), out var result), result);

        /// <summary>Running sums along a dimension.</summary>
        public Tensor cumsum(long dim, ScalarType? type = null) =>
            Made(Native.sw_cumsum(this, dim, TypeOf(type), out var result), result);

        /// <summary>The matrix product, broadcast over leading dimensions.</summary>
        public Tensor matmul(Tensor target) => Made(Native.sw_matmul(this, target, out var result), result);

        /// <summary>The product of two matrices.</summary>
        public Tensor mm(Tensor target) => Made(Native.sw_mm(this, target, out var result), result);

        /// <summary>Products of matrices, pair by pair.</summary>
        public Tensor bmm(Tensor batch2) => Made(Native.sw_bmm(this, batch2, out var result), result);

        /// <summary>β·x + α·A·B.</summary>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Made(Native.sw_addmm(this, mat1, mat2, beta, alpha, out var result), result);

        /// <summary>The outer product of two vectors.</summary>
        public Tensor outer(Tensor vec2) => Made(Native.sw_outer(this, vec2, out var result), result);

        private static int Flag(bool value) => value ? 1 : 0;

        private static int TypeOf(ScalarType? type) => type is { } given ? (int)given : -1;
    }
}
