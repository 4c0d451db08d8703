using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Initial values of parameters; all in place and outside the graph.</summary>
        public static partial class init
        {
            /// <summary>Which side of a weight is counted.</summary>
            public enum FanInOut
            {
                /// <summary>What one output is made from.</summary>
                FanIn,

                /// <summary>What one input goes into.</summary>
                FanOut,
            }

            /// <summary>All zeros.</summary>
            public static Tensor zeros_(Tensor tensor) => Plainly(tensor, t => t.zero_());

            /// <summary>All ones.</summary>
            public static Tensor ones_(Tensor tensor) => Plainly(tensor, t => t.fill_(1));

            /// <summary>One value everywhere.</summary>
            public static Tensor constant_(Tensor tensor, Scalar val) => Plainly(tensor, t => t.fill_(val));

            /// <summary>U[low, high).</summary>
            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1,
                Generator? generator = null) =>
                Plainly(tensor, t => t.uniform_(low, high, generator));

            /// <summary>N(mean, std²).</summary>
            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1,
                Generator? generator = null) =>
                Plainly(tensor, t => t.normal_(mean, std, generator));

            /// <summary>U(±√(6 / ((1 + a²)·fan))), from the global generator.</summary>
            /// <remarks>Source: He et al. 2015, eq. 14, for a leaky ReLU of slope a.</remarks>
            public static Tensor kaiming_uniform_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn)
            {
                var bound = Math.Sqrt(6.0 / ((1 + (a * a)) * Fan(tensor, mode)));
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>N(0, 2 / ((1 + a²)·fan)), from the global generator.</summary>
            /// <remarks>Source: He et al. 2015, eq. 14, for a leaky ReLU of slope a.</remarks>
            public static Tensor kaiming_normal_(Tensor tensor, double a = 0,
                FanInOut mode = FanInOut.FanIn) =>
                normal_(tensor, 0, Math.Sqrt(2.0 / ((1 + (a * a)) * Fan(tensor, mode))));

            /// <summary>U(±gain·√(6 / (fan in + fan out))), from the global generator.</summary>
            /// <remarks>Source: Glorot and Bengio 2010, eq. 16.</remarks>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                var bound = gain * Math.Sqrt(6.0 / (fanIn + fanOut));
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>N(0, gain²·2 / (fan in + fan out)), from the global generator.</summary>
            /// <remarks>Source: Glorot and Bengio 2010, eq. 12.</remarks>
            public static Tensor xavier_normal_(Tensor tensor, double gain = 1.0)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return normal_(tensor, 0, gain * Math.Sqrt(2.0 / (fanIn + fanOut)));
            }

            /// <summary>How many numbers one output is made from, and how many one input goes into.</summary>
            /// <exception cref="ArgumentException">The tensor has fewer than two dimensions.</exception>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                var shape = tensor.shape;
                if (shape.Length < 2)
                {
                    throw new ArgumentException(
                        "fan in and fan out need at least two dimensions", nameof(tensor));
                }

                var field = shape.Skip(2).Aggregate(1L, (product, size) => product * size);
                return (shape[1] * field, shape[0] * field);
            }

            /// <summary>U(±1/√fan in of the weight), a bias's initial values in PyTorch.</summary>
            internal static void UniformByFanIn(Parameter bias, Parameter weight)
            {
                var bound = 1 / Math.Sqrt(Fan(weight, FanInOut.FanIn));
                uniform_(bias, -bound, bound);
            }

            private static long Fan(Tensor tensor, FanInOut mode)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return mode == FanInOut.FanIn ? fanIn : fanOut;
            }

            private static Tensor Plainly(Tensor tensor, Action<Tensor> change)
            {
                using var plain = no_grad();
                change(tensor);
                return tensor;
            }
        }

        /// <summary>What training does to gradients and parameters at large.</summary>
        public static partial class utils
        {
            /// <summary>Scales all gradients so that their common norm is at most a limit.</summary>
            /// <returns>The norm before.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm,
                double norm_type = 2.0)
            {
                Parameter[] all = [.. tensors];
                var handles = Tensor.HandlesOf(all);
                Native.Check(Native.sw_clip_grad_norm(handles, handles.Length, max_norm, norm_type,
                    out var norm));
                GC.KeepAlive(all);
                return norm;
            }

            /// <summary>Brings every element of every gradient between −limit and limit.</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                Parameter[] all = [.. tensors];
                var handles = Tensor.HandlesOf(all);
                Native.Check(Native.sw_clip_grad_value(handles, handles.Length, clip_value));
                GC.KeepAlive(all);
            }
        }
    }
}
