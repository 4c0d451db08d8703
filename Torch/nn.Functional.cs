namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What becomes of the losses of a batch.</summary>
        public enum Reduction : long
        {
            /// <summary>They stay as they are.</summary>
            None = 0,

            /// <summary>Their mean is taken.</summary>
            Mean = 1,

            /// <summary>Their sum is taken.</summary>
            Sum = 2,
        }

        /// <summary>Layers without parameters of their own, and losses.</summary>
        public static partial class functional
        {
            /// <summary>max(x, 0).</summary>
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_() : x.relu();

            /// <summary>x above 0, slope·x below.</summary>
            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01,
                bool inplace = false) =>
                inplace ? input.leaky_relu_(negative_slope) : input.leaky_relu(negative_slope);

            /// <summary>x above 0, α(eˣ − 1) below.</summary>
            public static Tensor elu(Tensor x, double alpha, bool inplace = false) =>
                inplace ? x.elu_(alpha) : x.elu(alpha);

            /// <summary>ln(1 + e^(βx))/β.</summary>
            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) =>
                x.softplus(beta, threshold);

            /// <summary>eˣ over its sum along a dimension.</summary>
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) =>
                input.softmax(dim, dtype);

            /// <summary>The logarithm of softmax, without overflow.</summary>
            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            /// <summary>−ln softmax(x) at the target class.</summary>
            /// <param name="input">Logits, shape [batch, classes].</param>
            /// <param name="target">
            /// Classes (Int64, shape [batch]) or their probabilities (input's shape).
            /// </param>
            /// <param name="weight">A weight a class, or null.</param>
            /// <param name="ignore_index">The class whose samples count for nothing.</param>
            /// <param name="reduction">What becomes of the losses of the batch.</param>
            /// <param name="label_smoothing">
            /// The share of each target that is spread over all classes.
            /// </param>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100,
                Reduction reduction = Reduction.Mean, double label_smoothing = 0.0) =>
                Tensor.Made(
                    Native.sw_cross_entropy(
                        input, target, weight, (long)reduction, ignore_index, label_smoothing,
                        out var result),
                    result);

            /// <summary>(x − y)².</summary>
            public static Tensor mse_loss(Tensor input, Tensor target,
                Reduction reduction = Reduction.Mean) =>
                Tensor.Made(Native.sw_mse_loss(input, target, (long)reduction, out var result), result);

            /// <summary>−y·ln s − (1 − y)·ln(1 − s) with s = sigmoid(x), without overflow.</summary>
            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean,
                Tensor? pos_weights = null) =>
                Tensor.Made(
                    Native.sw_bce_with_logits(input, target, weight, pos_weights, (long)reduction,
                        out var result),
                    result);

            /// <summary>1 at each class, 0 elsewhere, in a new last dimension.</summary>
            public static Tensor one_hot(Tensor x, long num_classes = -1) =>
                Tensor.Made(Native.sw_one_hot(x, num_classes, out var result), result);
        }
    }
}
