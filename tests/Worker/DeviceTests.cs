using System.Diagnostics;
using Worker.Devices;

namespace Tests.Worker;

/// <summary>Which devices a worker has, and that it has them alone.</summary>
public sealed class DeviceTests : IDisposable
{
    private static readonly Gpu First = new("GPU-aaaa-1", "Fake H100", 80L << 30, 1L << 30);
    private static readonly Gpu Second = new("GPU-bbbb-2", "Fake H100", 80L << 30, 0);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("device-test-");

    [Theory]
    [InlineData(null, "GPU-aaaa-1 GPU-bbbb-2")]
    [InlineData("", "")]
    [InlineData("1", "GPU-bbbb-2")]
    [InlineData("1,0", "GPU-bbbb-2 GPU-aaaa-1")]
    [InlineData("0,-1,1", "GPU-aaaa-1")]
    [InlineData("-1", "")]
    [InlineData("0,7,1", "GPU-aaaa-1")]
    [InlineData("0,0,1", "GPU-aaaa-1")]
    [InlineData("GPU-bbbb", "GPU-bbbb-2")]
    [InlineData("GPU-", "")]
    [InlineData("GPU-bbbb-2, 0", "GPU-bbbb-2 GPU-aaaa-1")]
    [InlineData("MIG-cccc", "MIG-cccc")]
    [InlineData("MIG-dddd", "")]
    public void The_variable_of_CUDA_says_which_GPUs_there_are(string? value, string uuids) =>
        string.Join(' ', VisibleGpus.Of(new TwoGpus(), value).Select(gpu => gpu.Uuid)).ShouldBe(uuids);

    [Fact]
    public void A_machine_without_the_drivers_library_has_no_GPU()
    {
        using var driver = NvmlDriver.Open("libno-such-library.so.1");

        driver.List().ShouldBeEmpty();
        driver.Find("GPU-aaaa-1").ShouldBeNull();
    }

    [Fact]
    public void The_drivers_library_tells_name_uuid_and_memory()
    {
        using var driver = NvmlDriver.Open(Compile(Fake(start: 0)));

        driver.List().ShouldBe(
            [new Gpu("GPU-fake-0", "Fake GPU 0", 1000, 300), new Gpu("GPU-fake-1", "Fake GPU 1", 1001, 301)]);
        driver.Find("GPU-fake-1")!.Name.ShouldBe("Fake GPU 1");
        driver.Find("GPU-fake-9").ShouldBeNull();
    }

    [Fact]
    public void A_driver_that_does_not_start_or_lacks_functions_counts_as_none()
    {
        using var silent = NvmlDriver.Open(Compile(Fake(start: 9)));
        silent.List().ShouldBeEmpty();
        using var strange = NvmlDriver.Open(Compile("int nvmlInit_v2(void) { return 0; }"));
        strange.List().ShouldBeEmpty();
    }

    [Fact]
    public void Slots_lie_on_each_GPU_and_see_that_one_only()
    {
        var devices = WorkerDevices.OnGpus([First, Second], 2);

        devices.OfSlots.ShouldBe([1, 1, 2, 2]);
        devices.VariablesOf(3).Single().ShouldBe(KeyValuePair.Create("CUDA_VISIBLE_DEVICES", "GPU-bbbb-2"));
        WorkerDevices.OnCores(3, 2, 5).OfSlots.ShouldBe([1, 1, 1]);
        WorkerDevices.OnCores(3, 2, 5).VariablesOf(1).ShouldBeEmpty();
    }

    [Fact]
    public void A_second_worker_on_a_device_is_refused_and_told_who_has_it()
    {
        DeviceLocks.Take(["GPU-a", "GPU-b"], _folder.FullName, 42, out var first).ShouldBeNull();

        DeviceLocks.Take(["GPU-c", "GPU-b"], _folder.FullName, 43, out var second)!.Sentence
            .ShouldBe("the worker of process 42 has the device GPU-b");
        second.ShouldBeNull();
        DeviceLocks.Take(["GPU-c"], _folder.FullName, 44, out var third).ShouldBeNull("none was kept");
        first!.Dispose();
        DeviceLocks.Take(["GPU-b"], _folder.FullName, 43, out second).ShouldBeNull();
        second!.Dispose();
        third!.Dispose();
    }

    [Fact]
    public async Task A_program_that_a_worker_started_holds_its_devices_after_it()
    {
        var device = $"GPU-test-{Guid.NewGuid():N}";
        var (locks, _) = await DeviceLocks.TakeAsync([device], Environment.ProcessId, _ => { });
        using var slot = Process.Start(new ProcessStartInfo("cat")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
        })!;
        locks.ShouldNotBeNull().Dispose();

        var (second, problem) = await DeviceLocks.TakeAsync([device], Environment.ProcessId, _ => { });
        second.ShouldBeNull();
        problem.ShouldBe($"the worker of process {Environment.ProcessId} has the device {device}");
        slot.StandardInput.Close();
        await slot.WaitForExitAsync();
        (second, _) = await DeviceLocks.TakeAsync([device], Environment.ProcessId, _ => { });
        second.ShouldNotBeNull().Dispose();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Fake(int start) => $$"""
        #include <stdio.h>
        #include <string.h>
        typedef struct { unsigned long long total, free, used; } memory_t;
        int nvmlInit_v2(void) { return {{start}}; }
        int nvmlShutdown(void) { return 0; }
        int nvmlDeviceGetCount_v2(unsigned *n) { *n = 2; return 0; }
        int nvmlDeviceGetHandleByIndex_v2(unsigned i, void **d) { *d = (void *)(size_t)(i + 1); return i > 1; }
        int nvmlDeviceGetHandleByUUID(const char *u, void **d) {
            *d = (void *)(size_t)2; return strcmp(u, "GPU-fake-1") != 0; }
        int nvmlDeviceGetName(void *d, char *t, unsigned n) {
            snprintf(t, n, "Fake GPU %d", (int)(size_t)d - 1); return 0; }
        int nvmlDeviceGetUUID(void *d, char *t, unsigned n) {
            snprintf(t, n, "GPU-fake-%d", (int)(size_t)d - 1); return 0; }
        int nvmlDeviceGetMemoryInfo(void *d, memory_t *m) {
            m->total = 999 + (size_t)d; m->used = 299 + (size_t)d; m->free = 700; return 0; }
        """;

    private string Compile(string source)
    {
        var name = Path.Combine(_folder.FullName, Path.GetRandomFileName());
        File.WriteAllText(name + ".c", source);
        using var compiler = Process.Start("cc", ["-shared", "-fPIC", "-o", name + ".so", name + ".c"]);
        compiler.WaitForExit();
        compiler.ExitCode.ShouldBe(0);
        return name + ".so";
    }

    private sealed class TwoGpus : IGpuDriver
    {
        public IReadOnlyList<Gpu> List() => [First, Second];

        public Gpu? Find(string uuid) => uuid == "MIG-cccc" ? First with { MemoryBytes = 10L << 30 } : null;

        public void Dispose()
        {
        }
    }
}
