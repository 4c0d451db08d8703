using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The shim's entry points: start-up, errors, threads, generators.</summary>
internal static partial class Native
{
    [LibraryImport(Library)]
    internal static partial nint sw_last_error();

    [LibraryImport(Library)]
    internal static partial nint sw_libtorch_version();

    [LibraryImport(Library)]
    internal static partial long sw_live_handles();

    [LibraryImport(Library)]
    internal static partial int sw_tune_malloc();

    [LibraryImport(Library)]
    internal static partial int sw_set_num_threads(int count);

    [LibraryImport(Library)]
    internal static partial int sw_set_num_interop_threads(int count);

    [LibraryImport(Library)]
    internal static partial int sw_get_num_threads();

    [LibraryImport(Library)]
    internal static partial int sw_get_num_interop_threads();

    [LibraryImport(Library)]
    internal static partial int sw_cuda_is_available();

    [LibraryImport(Library)]
    internal static partial void sw_tensor_free(nint handle);

    [LibraryImport(Library)]
    internal static partial int sw_generator_new(
        ulong seed, int deviceType, int deviceIndex, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_generator_default(out nint result);

    [LibraryImport(Library)]
    internal static partial void sw_generator_free(nint handle);

    [LibraryImport(Library)]
    internal static partial int sw_generator_set_seed(Generator generator, ulong seed);

    [LibraryImport(Library)]
    internal static partial int sw_generator_get_seed(Generator generator, out ulong result);

    [LibraryImport(Library)]
    internal static partial int sw_generator_get_state(Generator generator, out nint result);

    [LibraryImport(Library)]
    internal static partial int sw_generator_set_state(Generator generator, Tensor state);

    [LibraryImport(Library)]
    internal static partial int sw_manual_seed(ulong seed);
}
