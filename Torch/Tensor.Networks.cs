namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>x·sigmoid(x), also called swish.</summary>
        public Tensor silu() => Made(Native.sw_silu(this, out var result), result);

        /// <summary>max(x, 0).</summary>
        public Tensor relu() => Made(Native.sw_relu(this, out var result), result);

        /// <summary>x above 0, slope·x below.</summary>
        public Tensor leaky_relu(Scalar negative_slope) =>
            Made(Native.sw_leaky_relu(this, negative_slope, out var result), result);

        /// <summary>x above 0, α(eˣ − 1) below.</summary>
        public Tensor elu(double alpha = 1) =>
            Made(Native.sw_elu(this, alpha, Scalar.One, Scalar.One, out var result), result);

        /// <summary>ln(1 + e^(βx))/β; x itself where βx is above the threshold.</summary>
        public Tensor softplus(double beta = 1, double threshold = 20) =>
            Made(Native.sw_softplus(this, beta, threshold, out var result), result);

        /// <summary>ln sigmoid(x), without overflow.</summary>
        public Tensor log_sigmoid() => Made(Native.sw_log_sigmoid(this, out var result), result);

        /// <summary>Zeros in this shape and type.</summary>
        public Tensor zeros_like() => Made(Native.sw_zeros_like(this, out var result), result);

        /// <summary>Ones in this shape and type.</summary>
        public Tensor ones_like() => Made(Native.sw_ones_like(this, out var result), result);

        /// <summary>Unset elements in this shape and type.</summary>
        public Tensor empty_like() => Made(Native.sw_empty_like(this, out var result), result);

        /// <summary>One value in this shape and type.</summary>
        public Tensor full_like(Scalar value) =>
            Made(Native.sw_full_like(this, value, out var result), result);

        /// <summary>U[0, 1) in this shape and type, from the global generator.</summary>
        public Tensor rand_like() => Made(Native.sw_rand_like(this, out var result), result);

        /// <summary>N(0, 1) in this shape and type, from the global generator.</summary>
        public Tensor randn_like() => Made(Native.sw_randn_like(this, out var result), result);

        /// <summary>Draws 1 with each element's probability, else 0.</summary>
        public Tensor bernoulli(Generator? generator = null) =>
            Made(Native.sw_bernoulli(this, generator, out var result), result);

        /// <summary>Draws indices with weights along the last dimension.</summary>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Made(
                Native.sw_multinomial(this, num_samples, Flag(replacement), generator, out var result),
                result);
    }
}
