using System.Diagnostics;
using System.Globalization;

namespace Tests.EndToEnd.Chaos;

/// <summary>One GPU that the driver's library describes and that nothing computes on.</summary>
internal sealed class FakeGpu : IDisposable
{
    private const long Gibibyte = 1L << 30;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sweep-gpu-");

    public FakeGpu()
    {
        Use(1);
        var source = Path.Combine(_folder.FullName, "fake.c");
        File.WriteAllText(source, Source(Uuid, Used));
        using var compiler = Process.Start(
            "cc", ["-shared", "-fPIC", "-o", Path.Combine(_folder.FullName, "libnvidia-ml.so.1"), source]);
        compiler.WaitForExit();
        compiler.ExitCode.ShouldBe(0);
    }

    /// <summary>Of this test alone: the lock files of a machine are for all that runs on it.</summary>
    public string Uuid { get; } = $"GPU-test-{Guid.NewGuid():N}";

    /// <summary>Folder that the library is looked for in.</summary>
    public string Library => _folder.FullName;

    private string Used => Path.Combine(_folder.FullName, "used");

    /// <summary>Has it say that so many GiB of its 80 are used.</summary>
    public void Use(long gibibytes)
    {
        var next = Used + ".next";
        File.WriteAllText(next, (gibibytes * Gibibyte).ToString(CultureInfo.InvariantCulture));
        File.Move(next, Used, overwrite: true);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Source(string uuid, string used) => $$"""
        #include <stdio.h>
        #include <string.h>
        typedef struct { unsigned long long total, free, used; } memory_t;
        int nvmlInit_v2(void) { return 0; }
        int nvmlShutdown(void) { return 0; }
        int nvmlDeviceGetCount_v2(unsigned *n) { *n = 1; return 0; }
        int nvmlDeviceGetHandleByIndex_v2(unsigned i, void **d) { *d = (void *)1; return i > 0; }
        int nvmlDeviceGetHandleByUUID(const char *u, void **d) {
            *d = (void *)1; return strcmp(u, "{{uuid}}") != 0; }
        int nvmlDeviceGetName(void *d, char *t, unsigned n) { snprintf(t, n, "Fake GPU"); return 0; }
        int nvmlDeviceGetUUID(void *d, char *t, unsigned n) { snprintf(t, n, "{{uuid}}"); return 0; }
        int nvmlDeviceGetMemoryInfo(void *d, memory_t *m) {
            FILE *f = fopen("{{used}}", "r");
            int ok = f && fscanf(f, "%llu", &m->used) == 1;
            if (f) fclose(f);
            m->total = 80ULL << 30; m->free = m->total - m->used;
            return !ok; }
        """;
}
