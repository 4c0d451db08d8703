namespace Worker.Devices;

/// <summary>What knows the GPUs of this machine: NVML, or a machine without it.</summary>
public interface IGpuDriver : IDisposable
{
    /// <summary>The GPUs in the driver's order, which is that of the bus.</summary>
    IReadOnlyList<Gpu> List();

    /// <summary>A GPU, or a part of one (MIG), by its UUID; nothing where there is none.</summary>
    Gpu? Find(string uuid);
}

/// <summary>A machine without a GPU driver.</summary>
public sealed class NoGpuDriver : IGpuDriver
{
    /// <inheritdoc/>
    public IReadOnlyList<Gpu> List() => [];

    /// <inheritdoc/>
    public Gpu? Find(string uuid) => null;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
