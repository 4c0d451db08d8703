namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>|x|, in place.</summary>
        public Tensor abs_() => Changed(Native.sw_abs_(this));

        /// <summary>The smallest whole number that is not below x, in place.</summary>
        public Tensor ceil_() => Changed(Native.sw_ceil_(this));

        /// <summary>cos x, in place.</summary>
        public Tensor cos_() => Changed(Native.sw_cos_(this));

        /// <summary>The error function, in place.</summary>
        public Tensor erf_() => Changed(Native.sw_erf_(this));

        /// <summary>eˣ, in place.</summary>
        public Tensor exp_() => Changed(Native.sw_exp_(this));

        /// <summary>eˣ − 1, exact near 0, in place.</summary>
        public Tensor expm1_() => Changed(Native.sw_expm1_(this));

        /// <summary>The largest whole number that is not above x, in place.</summary>
        public Tensor floor_() => Changed(Native.sw_floor_(this));

        /// <summary>The natural logarithm, in place.</summary>
        public Tensor log_() => Changed(Native.sw_log_(this));

        /// <summary>ln(1 + x), exact near 0, in place.</summary>
        public Tensor log1p_() => Changed(Native.sw_log1p_(this));

        /// <summary>−x, in place.</summary>
        public Tensor neg_() => Changed(Native.sw_neg_(this));

        /// <summary>1/x, in place.</summary>
        public Tensor reciprocal_() => Changed(Native.sw_reciprocal_(this));

        /// <summary>1/√x, in place.</summary>
        public Tensor rsqrt_() => Changed(Native.sw_rsqrt_(this));

        /// <summary>1/(1 + e⁻ˣ), in place.</summary>
        public Tensor sigmoid_() => Changed(Native.sw_sigmoid_(this));

        /// <summary>−1, 0 or 1, in place.</summary>
        public Tensor sign_() => Changed(Native.sw_sign_(this));

        /// <summary>sin x, in place.</summary>
        public Tensor sin_() => Changed(Native.sw_sin_(this));

        /// <summary>√x, in place.</summary>
        public Tensor sqrt_() => Changed(Native.sw_sqrt_(this));

        /// <summary>tanh x, in place.</summary>
        public Tensor tanh_() => Changed(Native.sw_tanh_(this));

        /// <summary>The nearest whole number, halves to the even one, in place.</summary>
        public Tensor round_() => Changed(Native.sw_round_(this));

        /// <summary>x ← x + y.</summary>
        public Tensor add_(Tensor target) => Changed(Native.sw_add_(this, target, Scalar.One));

        /// <summary>x ← x + α·y.</summary>
        public Tensor add_(Tensor target, Scalar alpha) => Changed(Native.sw_add_(this, target, alpha));

        /// <summary>x ← x + y.</summary>
        public Tensor add_(Scalar scalar) => Changed(Native.sw_add_scalar_(this, scalar, Scalar.One));

        /// <summary>x ← x + α·y.</summary>
        public Tensor add_(Scalar scalar, Scalar alpha) =>
            Changed(Native.sw_add_scalar_(this, scalar, alpha));

        /// <summary>x ← x − y.</summary>
        public Tensor sub_(Tensor target) => Changed(Native.sw_sub_(this, target));

        /// <summary>x ← x − y.</summary>
        public Tensor sub_(Scalar target) => Changed(Native.sw_sub_scalar_(this, target));

        /// <summary>x ← x · y.</summary>
        public Tensor mul_(Tensor target) => Changed(Native.sw_mul_(this, target));

        /// <summary>x ← x · y.</summary>
        public Tensor mul_(Scalar target) => Changed(Native.sw_mul_scalar_(this, target));

        /// <summary>x ← x / y.</summary>
        public Tensor div_(Tensor target) => Changed(Native.sw_div_(this, target));

        /// <summary>x ← x / y.</summary>
        public Tensor div_(Scalar target) => Changed(Native.sw_div_scalar_(this, target));

        /// <summary>x ← xʸ.</summary>
        public Tensor pow_(Scalar exponent) => Changed(Native.sw_pow_scalar_(this, exponent));

        /// <summary>x ← x + v·y·z.</summary>
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Changed(Native.sw_addcmul_(this, tensor1, tensor2, value));

        /// <summary>x ← x + v·y/z.</summary>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Changed(Native.sw_addcdiv_(this, tensor1, tensor2, value));

        /// <summary>x ← x + w·(y − x).</summary>
        public Tensor lerp_(Tensor end, Tensor weight) => Changed(Native.sw_lerp_(this, end, weight));

        /// <summary>x, at least min and at most max, in place.</summary>
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) =>
            Changed(Native.sw_clamp_(this, min, max));

        /// <summary>Takes another tensor's values.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false) =>
            Changed(Native.sw_copy_(this, source, nonBlocking ? 1 : 0));

        /// <summary>Sets every element.</summary>
        public Tensor fill_(Scalar value) => Changed(Native.sw_fill_(this, value));

        /// <summary>Sets every element to 0.</summary>
        public Tensor zero_() => Changed(Native.sw_zero_(this));

        /// <summary>Sets the elements where the mask holds.</summary>
        public Tensor masked_fill_(Tensor mask, Scalar value) =>
            Changed(Native.sw_masked_fill_(this, mask, value));

        /// <summary>Puts slices of the source at the indices.</summary>
        public Tensor index_copy_(long dim, Tensor index, Tensor source) =>
            Changed(Native.sw_index_copy_(this, dim, index, source));

        /// <summary>Adds α times slices of the source at the indices.</summary>
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Changed(Native.sw_index_add_(this, dim, index, source, alpha));

        /// <summary>Puts elements of the source at the indices.</summary>
        public Tensor scatter_(long dim, Tensor index, Tensor src) =>
            Changed(Native.sw_scatter_(this, dim, index, src));

        /// <summary>Draws from U[from, to).</summary>
        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            Changed(Native.sw_uniform_(this, from, to, generator));

        /// <summary>Draws from N(mean, std²).</summary>
        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) =>
            Changed(Native.sw_normal_(this, mean, std, generator));

        /// <summary>Draws 1 with probability p, else 0.</summary>
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) =>
            Changed(Native.sw_bernoulli_(this, p, generator));

        /// <summary>Draws 1 with each element's probability, else 0.</summary>
        public Tensor bernoulli_(Tensor p, Generator? generator = null) =>
            Changed(Native.sw_bernoulli_tensor_(this, p, generator));

        /// <summary>x·sigmoid(x), in place.</summary>
        public Tensor silu_() => Changed(Native.sw_silu_(this));

        /// <summary>max(x, 0), in place.</summary>
        public Tensor relu_() => Changed(Native.sw_relu_(this));

        /// <summary>x above 0, slope·x below, in place.</summary>
        public Tensor leaky_relu_(Scalar negative_slope) =>
            Changed(Native.sw_leaky_relu_(this, negative_slope));

        /// <summary>x above 0, α(eˣ − 1) below, in place.</summary>
        public Tensor elu_(double alpha = 1) => Changed(Native.sw_elu_(this, alpha, Scalar.One, Scalar.One));
    }
}
