using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]
[assembly: InternalsVisibleTo("Tests")]

namespace TorchSharp;

/// <summary>Finds and starts the shim, and turns its refusals into exceptions.</summary>
internal static partial class Native
{
    private const string Library = "sweep_torch";
    private const string FileName = "libsweep_torch.so";

    static Native()
    {
        NativeLibrary.SetDllImportResolver(
            typeof(Native).Assembly, (name, _, _) => name == Library ? Load(AppContext.BaseDirectory) : 0);
    }

    /// <summary>Tensors and generators that are held natively just now.</summary>
    internal static long LiveHandles => sw_live_handles();

    /// <summary>Throws libtorch's message where a call was refused.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Check(int status)
    {
        if (status != 0)
        {
            throw LastError();
        }
    }

    private static ExternalException LastError() =>
        new(Marshal.PtrToStringUTF8(sw_last_error()) ?? "libtorch gave no message");

    /// <summary>Loads the shim from a folder and sets malloc as training needs it.</summary>
    /// <exception cref="DllNotFoundException">It or libtorch is missing; says what to do.</exception>
    internal static unsafe nint Load(string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file))
        {
            throw new DllNotFoundException(
                $"{file} is missing: install libtorch-dev, cmake and g++, run `cmake -S Torch/native "
                + "-B artifacts/native && cmake --build artifacts/native`, and build again.");
        }

        try
        {
            var library = NativeLibrary.Load(file);
            _ = ((delegate* unmanaged<int>)NativeLibrary.GetExport(library, nameof(sw_tune_malloc)))();
            return library;
        }
        catch (DllNotFoundException error)
        {
            throw new DllNotFoundException(
                $"{file} is there and could not be loaded; is libtorch installed? {error.Message}", error);
        }
    }
}
