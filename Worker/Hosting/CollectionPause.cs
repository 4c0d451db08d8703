using System.Runtime;

namespace Worker.Hosting;

/// <summary>Lets the garbage collector run between updates of a trial, and not while one computes.</summary>
/// <remarks>
/// TorchSharp hands the address of a temporary number to its native library and keeps nothing alive meanwhile: a
/// collection that another thread sets off at that moment frees what is being read
/// (docs/decisions/0008-options-of-the-build.md). Where none of training's calls is under way a collection is safe.
/// </remarks>
public sealed class CollectionPause
{
    private const long Budget = 64L << 20;   // bytes until the collector comes back by itself
    private const long SpentAt = Budget / 2;   // bytes

    private long _allocated;

    private static bool IsPaused => GCSettings.LatencyMode is GCLatencyMode.NoGCRegion;

    /// <summary>Collects where enough was allocated since the last time; then nothing does, until the next call.</summary>
    /// <remarks>
    /// To be called by the training thread, often enough that 64 MiB last. Where memory is short collections come
    /// as they always do.
    /// </remarks>
    public void AtBoundary()
    {
        if (IsPaused && GC.GetTotalAllocatedBytes() - _allocated < SpentAt)
        {
            return;
        }

        End();
        GC.Collect();
        _ = GC.TryStartNoGCRegion(Budget);
        _allocated = GC.GetTotalAllocatedBytes();
    }

    /// <summary>Gives the collector its freedom back.</summary>
    public void End()
    {
        try
        {
            if (IsPaused)
            {
                GC.EndNoGCRegion();
            }
        }
        catch (InvalidOperationException)
        {
            // Another thread spent the rest just now, which ended the pause.
        }
    }
}
