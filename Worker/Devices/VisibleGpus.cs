using System.Globalization;

namespace Worker.Devices;

/// <summary>Which GPUs this process may use: all of them, or those that CUDA's variable names.</summary>
/// <remarks>
/// Source: CUDA C++ Programming Guide, "CUDA environment variables": indices, UUIDs or their beginnings, MIG
/// names; an entry that names none, such as -1, ends the list.
/// </remarks>
public static class VisibleGpus
{
    /// <summary>Name of the variable.</summary>
    public const string Variable = "CUDA_VISIBLE_DEVICES";

    /// <summary>The GPUs that a value makes visible, in its order.</summary>
    /// <param name="driver">Knows the GPUs.</param>
    /// <param name="value">The variable's value; nothing where it is not set.</param>
    public static IReadOnlyList<Gpu> Of(IGpuDriver driver, string? value)
    {
        var all = driver.List();
        if (value is null)
        {
            return all;
        }

        var visible = new List<Gpu>();
        foreach (var entry in value.Split(',').Select(entry => entry.Trim()))
        {
            if (Find(driver, all, entry) is not { } gpu || visible.Exists(seen => seen.Uuid == gpu.Uuid))
            {
                break;
            }

            visible.Add(gpu);
        }

        return visible;
    }

    private static Gpu? Find(IGpuDriver driver, IReadOnlyList<Gpu> all, string entry)
    {
        if (int.TryParse(entry, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return index < all.Count ? all[index] : null;
        }

        if (entry.StartsWith("MIG-", StringComparison.Ordinal))
        {
            return driver.Find(entry) is { } part ? part with { Uuid = entry } : null;
        }

        var named = all.Where(
            gpu => entry.StartsWith("GPU-", StringComparison.Ordinal)
                && gpu.Uuid.StartsWith(entry, StringComparison.OrdinalIgnoreCase)).ToList();
        return named is [var only] ? only : null;
    }
}
