using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>
            /// A convolution over images, with PyTorch's initial values: U(±1/√inputs of one output).
            /// </summary>
            public static Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0,
                long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1,
                bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(
                    (in_channels, out_channels, groups), [kernel_size, kernel_size], [stride, stride],
                    [padding, padding], [dilation, dilation], padding_mode, bias, device, dtype);

            /// <summary>A convolution over images whose sides differ.</summary>
            public static Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null,
                (long, long)? padding = null, (long, long)? dilation = null,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(
                    (in_channels, out_channels, groups), Both(kernel_size), Both(stride ?? (1, 1)),
                    Both(padding ?? (0, 0)), Both(dilation ?? (1, 1)), padding_mode, bias, device, dtype);

            private static long[] Both((long First, long Second) sides) => [sides.First, sides.Second];

            public static partial class functional
            {
                /// <summary>A convolution of images, shape [batch, channels, height, width].</summary>
                public static Tensor conv2d(
                    Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null,
                    long[]? padding = null,
                    long[]? dilation = null, long groups = 1)
                {
                    strides ??= [1];
                    padding ??= [0];
                    dilation ??= [1];
                    return Tensor.Made(
                        Native.sw_conv2d(
                            input, weight, bias, strides, strides.Length, padding, padding.Length, dilation,
                            dilation.Length, groups, out var result),
                        result);
                }
            }
        }
    }

    /// <summary>What lies outside an image.</summary>
    public enum PaddingModes
    {
        /// <summary>Zeros; the only mode this binding has.</summary>
        Zeros = 0,
    }
}

namespace TorchSharp.Modules
{
    /// <summary>A convolution over images.</summary>
    public sealed class Conv2d : nn.Module<Tensor, Tensor>
    {
        internal Conv2d(
            (long In, long Out, long Groups) channels, long[] kernel, long[] stride, long[] padding,
            long[] dilation,
            PaddingModes mode, bool hasBias, Device? device, ScalarType? dtype)
            : base(nameof(Conv2d))
        {
            in_channels = channels.In;
            out_channels = channels.Out;
            groups = channels.Groups;
            kernel_size = kernel;
            this.stride = stride;
            this.padding = padding;
            this.dilation = dilation;
            padding_mode = mode;
            weight = new Parameter(empty(channels.Out, channels.In / channels.Groups, kernel[0], kernel[1],
                dtype, device));
            register_parameter(nameof(weight), weight);
            nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
            if (hasBias)
            {
                bias = new Parameter(empty(channels.Out, dtype, device));
                register_parameter(nameof(bias), bias);
                nn.init.UniformByFanIn(bias, weight);
            }
        }

        /// <summary>Channels in.</summary>
        public long in_channels { get; }

        /// <summary>Channels out.</summary>
        public long out_channels { get; }

        /// <summary>Groups of channels that do not see each other.</summary>
        public long groups { get; }

        /// <summary>Height and width of the kernel.</summary>
        public long[] kernel_size { get; }

        /// <summary>Steps between places where the kernel is laid, down and across.</summary>
        public long[] stride { get; }

        /// <summary>Rows and columns put round an image.</summary>
        public long[] padding { get; }

        /// <summary>Steps between the kernel's own elements, down and across.</summary>
        public long[] dilation { get; }

        /// <summary>What lies outside an image.</summary>
        public PaddingModes padding_mode { get; }

        /// <summary>Kernels, shape [out, in / groups, height, width].</summary>
        public Parameter weight { get; }

        /// <summary>One number an output channel; null where there is none.</summary>
        public Parameter? bias { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) =>
            nn.functional.conv2d(input, weight, bias, stride, padding, dilation, groups);
    }
}
