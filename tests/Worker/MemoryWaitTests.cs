using Worker.Devices;

namespace Tests.Worker;

/// <summary>How long a slot's next process waits for the memory of the one before.</summary>
public sealed class MemoryWaitTests
{
    private const long Gibibyte = 1L << 30;
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Memory_that_is_back_is_not_waited_for()
    {
        Wait(used: 1).IsOver(Start).ShouldBeTrue();
        Wait(used: 2).IsOver(Start).ShouldBeTrue("a fiftieth of 80 GiB is nothing");
        Wait(used: 3).IsOver(Start).ShouldBeFalse();
    }

    [Fact]
    public void A_slot_waits_until_it_is_back()
    {
        var wait = Wait(used: 40).Seen(30 * Gibibyte, After(1));
        wait.IsOver(After(29)).ShouldBeFalse("nobody else has the device: whatever is above is its own");

        wait = wait.Seen(1 * Gibibyte, After(29));
        (wait.IsOver(After(29)), wait.IsFree).ShouldBe((true, true));
    }

    [Fact]
    public void A_slot_waits_no_longer_than_the_limit()
    {
        var wait = Wait(used: 40).Seen(40 * Gibibyte, After(29.9));

        wait.IsOver(After(29.9)).ShouldBeFalse();
        (wait.IsOver(After(30)), wait.IsFree).ShouldBe((true, false));
        $"{wait}".ShouldBe("40.0 GiB are used, 1.0 when the slot's last process started");
    }

    [Fact]
    public void On_a_shared_device_it_waits_until_nothing_more_falls()
    {
        var wait = Wait(used: 40, isShared: true);
        wait.IsOver(After(1.9)).ShouldBeFalse();
        wait.IsOver(After(2)).ShouldBeTrue("another slot has grown since");

        var falling = wait.Seen(30 * Gibibyte, After(1.5)).Seen(31 * Gibibyte, After(2));
        falling.IsOver(After(3.4)).ShouldBeFalse("it fell, and another slot grew");
        falling.IsOver(After(3.5)).ShouldBeTrue();
    }

    private static MemoryWait Wait(long used, bool isShared = false) => MemoryWait.Begin(
        new Gpu("GPU-a", "a GPU", 80 * Gibibyte, used * Gibibyte), 1 * Gibibyte, isShared, Start);

    private static DateTimeOffset After(double seconds) => Start.AddSeconds(seconds);
}
