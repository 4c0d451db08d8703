using System.Runtime.InteropServices;

namespace Training.Initialisation;

/// <summary>How full a replay buffer is.</summary>
/// <param name="Held">Slots that hold a state.</param>
/// <param name="Capacity">Slots.</param>
/// <param name="Given">States ever given to it: its first noise and every result.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BufferFill(int Held, int Capacity, long Given);
