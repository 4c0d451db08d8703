namespace Worker.Devices;

/// <summary>A GPU as its driver describes it.</summary>
/// <param name="Uuid">
/// Such as <c>GPU-8932f937-d72c-4106-c12f-20bd9faed9f6</c>; the same at every start.
/// </param>
/// <param name="Name">Its model.</param>
/// <param name="MemoryBytes">Its memory.</param>
/// <param name="UsedBytes">How much of it is used, by anybody.</param>
public sealed record Gpu(string Uuid, string Name, long MemoryBytes, long UsedBytes);
