namespace Worker.Devices;

/// <summary>Who has a device.</summary>
/// <param name="Device">Its name.</param>
/// <param name="ProcessId">
/// The worker that took its lock, which may be gone; nothing where that is not known.
/// </param>
public sealed record DeviceHolder(string Device, int? ProcessId)
{
    /// <summary>That a worker has it.</summary>
    public string Sentence => ProcessId is { } process
        ? $"the worker of process {process} has the device {Device}"
        : $"another worker has the device {Device}";

    /// <summary>That slots have it whose worker is gone; without its end.</summary>
    public string OrphanSentence =>
        $"slots of the worker of process {ProcessId}, which is gone, still have the device {Device}";
}
