using System.Collections.Immutable;

namespace Shared.Sweeps;

/// <summary>What a worker must have to be given trials of a sweep.</summary>
/// <param name="Labels">Labels that it must carry with these values.</param>
/// <param name="Device">
/// Words that its device's model must contain; nothing where every device will do.
/// </param>
/// <param name="MemoryBytes">Least memory of the device; nothing where any amount will do.</param>
public sealed record Requirements(
    ImmutableSortedDictionary<string, string> Labels, string? Device, long? MemoryBytes)
{
    /// <summary>Why a worker does not do, one sentence; nothing when it does.</summary>
    /// <param name="plan">What the sweep fixed.</param>
    /// <param name="environment">What the worker's slots compute with.</param>
    /// <param name="offer">What the worker says of itself; nothing where it says nothing.</param>
    public static string? Unmet(SweepPlan plan, AttemptEnvironment environment, WorkerOffer? offer)
    {
        if (plan.Data is { } data && offer is not null && !offer.Data.Contains(data))
        {
            return $"the data set {data} is not on this worker";
        }

        return plan.Requirements?.Unmet(environment, offer ?? WorkerOffer.Nothing);
    }

    private string? Unmet(AttemptEnvironment environment, WorkerOffer offer)
    {
        foreach (var (label, value) in Labels)
        {
            if (offer.Labels.GetValueOrDefault(label) != value)
            {
                return offer.Labels.TryGetValue(label, out var other)
                    ? $"the sweep wants the label {label}={value}, this worker has {label}={other}"
                    : $"the sweep wants the label {label}={value}, this worker has no {label}";
            }
        }

        if (Device is { } device && !environment.Device.Contains(device, StringComparison.OrdinalIgnoreCase))
        {
            return $"the sweep wants a device '{device}', this one is '{environment.Device}'";
        }

        return MemoryBytes is { } bytes && offer.MemoryBytes < bytes
            ? $"the sweep wants {Gibibytes(bytes)} of device memory, "
                + $"this device has {Gibibytes(offer.MemoryBytes)}"
            : null;
    }

    private static string Gibibytes(long bytes) =>
        FormattableString.Invariant($"{bytes / (double)(1L << 30):0.#} GiB");
}

/// <summary>What a worker has to offer beside its slots.</summary>
/// <param name="Labels">Labels that its user gave it.</param>
/// <param name="MemoryBytes">Memory of the device that the slots are on.</param>
/// <param name="Data">Names of the data sets that are whole on it.</param>
public sealed record WorkerOffer(
    ImmutableSortedDictionary<string, string> Labels, long MemoryBytes, ImmutableSortedSet<string> Data)
{
    /// <summary>A worker that says nothing of itself.</summary>
    public static WorkerOffer Nothing { get; } = new(
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal),
        0,
        ImmutableSortedSet.Create<string>(StringComparer.Ordinal));
}
