using System.Runtime.InteropServices;
using System.Text;

namespace Worker.Devices;

/// <summary>GPUs as NVIDIA's management library, a part of their driver, describes them.</summary>
/// <remarks>Source: NVML API reference; every function returns 0 for success.</remarks>
public sealed unsafe class NvmlDriver : IGpuDriver
{
    /// <summary>Name of the library; a machine without the driver has none.</summary>
    public const string Library = "libnvidia-ml.so.1";

    private const int TextLength = 96;   // NVML_DEVICE_NAME_V2_BUFFER_SIZE, NVML_DEVICE_UUID_V2_BUFFER_SIZE
    private const int MostGpus = 1_024;

    private readonly nint _library;
    private readonly delegate* unmanaged<int> _shutdown;
    private readonly delegate* unmanaged<uint*, int> _count;
    private readonly delegate* unmanaged<uint, nint*, int> _byIndex;
    private readonly delegate* unmanaged<byte*, nint*, int> _byUuid;
    private readonly delegate* unmanaged<nint, byte*, uint, int> _name;
    private readonly delegate* unmanaged<nint, byte*, uint, int> _uuid;
    private readonly delegate* unmanaged<nint, Memory*, int> _memory;

    private NvmlDriver(nint library)
    {
        _library = library;
        _shutdown = (delegate* unmanaged<int>)Of("nvmlShutdown");
        _count = (delegate* unmanaged<uint*, int>)Of("nvmlDeviceGetCount_v2");
        _byIndex = (delegate* unmanaged<uint, nint*, int>)Of("nvmlDeviceGetHandleByIndex_v2");
        _byUuid = (delegate* unmanaged<byte*, nint*, int>)Of("nvmlDeviceGetHandleByUUID");
        _name = (delegate* unmanaged<nint, byte*, uint, int>)Of("nvmlDeviceGetName");
        _uuid = (delegate* unmanaged<nint, byte*, uint, int>)Of("nvmlDeviceGetUUID");
        _memory = (delegate* unmanaged<nint, Memory*, int>)Of("nvmlDeviceGetMemoryInfo");
    }

    /// <summary>Loads the library and starts it.</summary>
    /// <param name="library">Its name or path.</param>
    /// <returns>The driver; one without GPUs where there is no library, or it does not start.</returns>
    public static IGpuDriver Open(string library = Library)
    {
        if (!NativeLibrary.TryLoad(library, out var loaded))
        {
            return new NoGpuDriver();
        }

        try
        {
            var driver = new NvmlDriver(loaded);
            var start = (delegate* unmanaged<int>)driver.Of("nvmlInit_v2");
            if (start() == 0)
            {
                return driver;
            }
        }
        catch (EntryPointNotFoundException)
        {
            // Another library of that name, or a driver older than we know: as good as none.
        }

        NativeLibrary.Free(loaded);
        return new NoGpuDriver();
    }

    /// <inheritdoc/>
    public IReadOnlyList<Gpu> List()
    {
        uint count;
        if (_count(&count) != 0)
        {
            return [];
        }

        var gpus = new List<Gpu>();
        for (uint index = 0; index < Math.Min(count, MostGpus); index++)
        {
            nint handle;
            if (_byIndex(index, &handle) == 0 && Describe(handle) is { } gpu)
            {
                gpus.Add(gpu);
            }
        }

        return gpus;
    }

    /// <inheritdoc/>
    public Gpu? Find(string uuid)
    {
        nint handle;
        fixed (byte* text = Encoding.ASCII.GetBytes(uuid + '\0'))
        {
            return _byUuid(text, &handle) == 0 ? Describe(handle) : null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = _shutdown();
        NativeLibrary.Free(_library);
    }

    private Gpu? Describe(nint handle)
    {
        Memory memory;
        return Text(_name, handle) is { } name
            && Text(_uuid, handle) is { } uuid
            && _memory(handle, &memory) == 0
            ? new Gpu(uuid, name, (long)memory.Total, (long)memory.Used)
            : null;
    }

    private static string? Text(delegate* unmanaged<nint, byte*, uint, int> ask, nint handle)
    {
        var text = stackalloc byte[TextLength];
        return ask(handle, text, TextLength) == 0 ? Marshal.PtrToStringUTF8((nint)text) : null;
    }

    private nint Of(string function) => NativeLibrary.GetExport(_library, function);

    [StructLayout(LayoutKind.Sequential)]
    private struct Memory
    {
        public ulong Total;
        public ulong Free;
        public ulong Used;
    }
}
