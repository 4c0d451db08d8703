using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Seeds the generators that are used where none is named.</summary>
    public static Generator manual_seed(long seed)
    {
        Native.Check(Native.sw_manual_seed(unchecked((ulong)seed)));
        return Generator.Default;
    }

    /// <summary>The generators that are used where none is named.</summary>
    public static partial class random
    {
        /// <summary>Seeds them.</summary>
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        /// <summary>The processor's generator's state.</summary>
        public static Tensor get_rng_state()
        {
            using var generator = Generator.Default;
            return generator.get_state();
        }

        /// <summary>Sets the processor's generator's state.</summary>
        public static void set_rng_state(Tensor new_state)
        {
            using var generator = Generator.Default;
            generator.set_state(new_state);
        }
    }

    /// <summary>A stream of random numbers with a state of its own (Mersenne twister on the CPU).</summary>
    [NativeMarshalling(typeof(GeneratorMarshaller))]
    public sealed class Generator : IDisposable
    {
        private nint _handle;

        /// <summary>A generator that starts from the seed.</summary>
        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            var place = this.device;
            Native.Check(Native.sw_generator_new(seed, (int)place.type, place.index, out _handle));
        }

        private Generator(nint handle)
        {
            device = CPU;
            _handle = handle;
        }

        /// <summary>Gives an undisposed generator back.</summary>
        ~Generator() => Release();

        /// <summary>The generator that is used where none is named.</summary>
        public static Generator Default
        {
            get
            {
                Native.Check(Native.sw_generator_default(out var handle));
                return new Generator(handle);
            }
        }

        /// <summary>Where its numbers are made.</summary>
        public Device device { get; }

        internal nint Handle
        {
            get
            {
                ObjectDisposedException.ThrowIf(_handle == 0, this);
                return _handle;
            }
        }

        /// <summary>The whole state, a byte tensor that <see cref="set_state"/> takes.</summary>
        public Tensor get_state() => Tensor.Made(Native.sw_generator_get_state(this, out var result), result);

        /// <summary>Goes back to a state from <see cref="get_state"/>.</summary>
        public void set_state(Tensor value) => Native.Check(Native.sw_generator_set_state(this, value));

        /// <summary>Starts again from a seed.</summary>
        public Generator manual_seed(long seed)
        {
            Native.Check(Native.sw_generator_set_seed(this, unchecked((ulong)seed)));
            return this;
        }

        /// <summary>The seed that it started from.</summary>
        public long initial_seed()
        {
            Native.Check(Native.sw_generator_get_seed(this, out var seed));
            return unchecked((long)seed);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            Release();
            GC.SuppressFinalize(this);
        }

        private void Release()
        {
            if (_handle != 0)
            {
                Native.sw_generator_free(_handle);
                _handle = 0;
            }
        }
    }
}
