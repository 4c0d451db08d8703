namespace TorchSharp;

/// <summary>Where a tensor lives, with libtorch's own numbers.</summary>
public enum DeviceType
{
    /// <summary>The processor's memory.</summary>
    CPU = 0,

    /// <summary>An NVIDIA device.</summary>
    CUDA = 1,
}

/// <summary>The TorchSharp API over an installed libtorch.</summary>
public static partial class torch
{
    /// <summary>Element types, with libtorch's own numbers.</summary>
    public enum ScalarType : sbyte
    {
        /// <summary>Unsigned, 8 bits.</summary>
        Byte = 0,

        /// <summary>Signed, 8 bits.</summary>
        Int8 = 1,

        /// <summary>Signed, 16 bits.</summary>
        Int16 = 2,

        /// <summary>Signed, 32 bits.</summary>
        Int32 = 3,

        /// <summary>Signed, 64 bits.</summary>
        Int64 = 4,

        /// <summary>Floating point, 16 bits.</summary>
        Float16 = 5,

        /// <summary>Floating point, 32 bits; the default of every factory.</summary>
        Float32 = 6,

        /// <summary>Floating point, 64 bits.</summary>
        Float64 = 7,

        /// <summary>A truth value in a byte.</summary>
        Bool = 11,

        /// <summary>Floating point, 16 bits with the exponent of 32.</summary>
        BFloat16 = 15,
    }

    /// <summary>Unsigned, 8 bits.</summary>
    public static ScalarType uint8 => ScalarType.Byte;

    /// <summary>Signed, 32 bits.</summary>
    public static ScalarType int32 => ScalarType.Int32;

    /// <summary>Signed, 64 bits.</summary>
    public static ScalarType int64 => ScalarType.Int64;

    /// <summary>Floating point, 32 bits.</summary>
    public static ScalarType float32 => ScalarType.Float32;

    /// <summary>Floating point, 64 bits.</summary>
    public static ScalarType float64 => ScalarType.Float64;

    /// <summary>A truth value in a byte.</summary>
    public static ScalarType @bool => ScalarType.Bool;

    /// <summary>The processor.</summary>
    public static readonly Device CPU = new(DeviceType.CPU);

    /// <summary>The current NVIDIA device.</summary>
    public static readonly Device CUDA = new(DeviceType.CUDA);

    /// <summary>A device by its description: <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
    public static Device device(string description) => new(description);

    /// <summary>A device by its type and number.</summary>
    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    /// <summary>Whether this libtorch can reach an NVIDIA device.</summary>
    public static bool cuda_is_available() => cuda.is_available();

    /// <summary>NVIDIA devices.</summary>
    public static partial class cuda
    {
        /// <summary>Whether this libtorch can reach an NVIDIA device.</summary>
        public static bool is_available() => Native.sw_cuda_is_available() != 0;
    }

    /// <summary>A place for tensors: a kind of device and its number, −1 for the current one.</summary>
    public sealed class Device
    {
        /// <summary>A device by its description: <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
        /// <exception cref="ArgumentException">The description names no device.</exception>
        public Device(string description)
        {
            var parts = description.Split(':');
            type = parts[0] switch
            {
                "cpu" => DeviceType.CPU,
                "cuda" => DeviceType.CUDA,
                _ => throw new ArgumentException($"'{description}' names no device", nameof(description)),
            };
            index = parts.Length > 1 ? int.Parse(parts[1]) : -1;
        }

        /// <summary>A device by its type and number.</summary>
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        /// <summary>The kind of device.</summary>
        public DeviceType type { get; }

        /// <summary>The device's number, −1 for the current one.</summary>
        public int index { get; }

        /// <summary>A device by its description.</summary>
        public static implicit operator Device(string description) => new(description);

        /// <inheritdoc/>
        public override string ToString()
        {
            var name = type == DeviceType.CPU ? "cpu" : "cuda";
            return index < 0 ? name : $"{name}:{index}";
        }
    }
}
