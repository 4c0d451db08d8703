using System.Runtime;
using Tests.Torch;
using Worker.Hosting;

namespace Tests.Worker;

/// <summary>When garbage is collected while a trial trains on the TorchSharp package.</summary>
[Collection(nameof(TorchCollection))]   // alone: what other tests allocate would end the pause
public sealed class CollectionPauseTests : IDisposable
{
    private const int Chunk = 1 << 16;   // bytes

    private readonly CollectionPause _pause = new();

    public void Dispose() => _pause.End();

    [Fact]
    public void Nothing_is_collected_between_boundaries_whichever_thread_allocates()
    {
        _pause.AtBoundary();
        var before = GC.CollectionCount(0);
        OnAnotherThread(() => Allocate(megabytes: 20));
        Allocate(megabytes: 5);
        _pause.AtBoundary();   // less than half is spent
        GC.CollectionCount(0).ShouldBe(before);
    }

    [Fact]
    public void A_boundary_collects_what_is_garbage_once_half_is_spent()
    {
        _pause.AtBoundary();
        var garbage = Garbage();
        Allocate(megabytes: 34);
        garbage.IsAlive.ShouldBeTrue();
        _pause.AtBoundary();
        garbage.IsAlive.ShouldBeFalse();
        GCSettings.LatencyMode.ShouldBe(GCLatencyMode.NoGCRegion);
    }

    [Fact]
    public void Spending_it_all_ends_the_pause_and_the_next_boundary_begins_another()
    {
        _pause.AtBoundary();
        Allocate(megabytes: 300);
        GCSettings.LatencyMode.ShouldNotBe(GCLatencyMode.NoGCRegion);
        _pause.AtBoundary();
        GCSettings.LatencyMode.ShouldBe(GCLatencyMode.NoGCRegion);
    }

    [Fact]
    public void The_collector_is_free_again_at_the_end()
    {
        _pause.AtBoundary();
        _pause.End();
        _pause.End();
        GCSettings.LatencyMode.ShouldNotBe(GCLatencyMode.NoGCRegion);
    }

    private static WeakReference Garbage() => new(new byte[Chunk]);

    private static void Allocate(int megabytes)
    {
        for (var i = 0; i < megabytes * ((1 << 20) / Chunk); i++)
        {
            GC.KeepAlive(new byte[Chunk]);
        }
    }

    private static void OnAnotherThread(Action work)
    {
        var thread = new Thread(() => work());
        thread.Start();
        thread.Join();
    }
}
