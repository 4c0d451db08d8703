using Worker.Hosting;

namespace Tests.Worker;

/// <summary>A death for want of memory is told from another one.</summary>
public sealed class MemoryDeathTests
{
    [Fact]
    public void A_kill_by_the_kernel_for_memory_says_so_and_how_much_was_resident() =>
        MemoryDeath.Sentence(77, 137, killsSinceStart: 1, residentBytes: 3L << 29)
            .ShouldBe("the slot's process 77 was killed for memory: 1.5 GiB resident when last seen");

    [Theory]
    [InlineData(137, 0, "the slot's process 77 was ended by signal 9")]
    [InlineData(139, 1, "the slot's process 77 was ended by signal 11")]
    [InlineData(3, 1, "the slot's process 77 ended with exit code 3")]
    public void Any_other_end_is_told_as_it_is(int code, long kills, string sentence) =>
        MemoryDeath.Sentence(77, code, kills, 1 << 30).ShouldBe(sentence);

    [Fact]
    public void The_kernels_counts_are_read_from_its_files()
    {
        MemoryDeath.CountIn("low 0\nhigh 3\nmax 8\noom 2\noom_kill 5\noom_group_kill 9\n").ShouldBe(5);
        MemoryDeath.CountIn("nr_free_pages 12\noom_kill 7\n").ShouldBe(7);
        MemoryDeath.CountIn("").ShouldBe(0);
        MemoryDeath.CountIn("oom_kill many\n").ShouldBe(0);
        MemoryDeath.GroupIn("1:name=systemd:/a\n0::/user.slice/b\n").ShouldBe("/sys/fs/cgroup/user.slice/b");
        MemoryDeath.GroupIn("0::/\n").ShouldBe("/sys/fs/cgroup");
        MemoryDeath.GroupIn("4:memory:/a\n").ShouldBe("/sys/fs/cgroup");
    }

    [Theory]
    [InlineData("CUDA out of memory. Tried to allocate 2.00 GiB", "the device")]
    [InlineData("CUDA error: out of memory", "the device")]
    [InlineData("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`", "the device")]
    [InlineData("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes", "the box")]
    public void What_had_too_little_memory_is_named_in_the_reason(string reason, string what) =>
        MemoryDeath.Explain(reason).ShouldBe($"{what} has too little memory: {reason}");

    [Fact]
    public void Another_reason_stays_as_it_is() =>
        MemoryDeath.Explain("a shape is wrong").ShouldBe("a shape is wrong");

    [Fact]
    public void A_process_that_ended_itself_for_want_of_memory_is_told_by_its_log()
    {
        const string Ended = "the slot's process 77 was ended by signal 6";
        const string Last = "terminate called after throwing an instance of 'std::bad_alloc'";

        MemoryDeath.Explain(Ended, $"update 9\n{Last}\n  what():  std::bad_alloc\n").ShouldBe(
            $"{Ended}; the box has too little memory: what():  std::bad_alloc");
        MemoryDeath.Explain(Ended, $"{Last}\n{string.Concat(Enumerable.Repeat("and on\n", 20))}").ShouldBe(
            Ended, "it lived on for long");
        MemoryDeath.Explain(Ended, "").ShouldBe(Ended);
    }
}
