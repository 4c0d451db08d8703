using Shared.Experiments;
using Training.Randomness;

namespace Training.Initialisation;

/// <summary>The policies of <see cref="BufferPolicy"/>, which says what each draws and writes.</summary>
internal static class WriteBacks
{
    private const uint SlotDraw = 1;
    private const uint Overwrite = 3;

    /// <summary>The policy of a name.</summary>
    public static IWriteBack Of(BufferPolicy policy) => policy switch
    {
        BufferPolicy.Slot => new Slots(),
        BufferPolicy.Fifo => new Fifo(),
        BufferPolicy.Random => new RandomSlots(),
        BufferPolicy.Reservoir => new Reservoir(),
        _ => throw new ArgumentOutOfRangeException(nameof(policy)),
    };

    private static int[] WithReplacement(int held, int batch, RandomStream stream, uint update)
    {
        var slots = new int[batch];
        for (var row = 0; row < batch; row++)
        {
            slots[row] = stream.Index(held, (uint)row, update, SlotDraw);
        }

        return slots;
    }

    private sealed class Slots : IWriteBack
    {
        public int HeldAtFirst(int capacity, int batch) => capacity;

        public int[] Draw(int held, int batch, RandomStream stream, uint update) =>
            stream.Draw(held, batch, update, SlotDraw);

        public int?[] Places(
            ReadOnlySpan<int> drawn, int batch, BufferFill fill, RandomStream stream, uint update) =>
            Array.ConvertAll(drawn.ToArray(), slot => (int?)slot);
    }

    // A ring, written from the last chain to the first: the slot after the newest holds the oldest.
    private sealed class Fifo : IWriteBack
    {
        public int HeldAtFirst(int capacity, int batch) => batch;

        public int[] Draw(int held, int batch, RandomStream stream, uint update) =>
            WithReplacement(held, batch, stream, update);

        public int?[] Places(
            ReadOnlySpan<int> drawn, int batch, BufferFill fill, RandomStream stream, uint update)
        {
            var places = new int?[batch];
            for (var row = 0; row < batch; row++)
            {
                places[row] = (int)((fill.Given + batch - 1 - row) % fill.Capacity);
            }

            return places;
        }
    }

    private sealed class RandomSlots : IWriteBack
    {
        public int HeldAtFirst(int capacity, int batch) => 0;

        public int[] Draw(int held, int batch, RandomStream stream, uint update) =>
            WithReplacement(held, batch, stream, update);

        public int?[] Places(
            ReadOnlySpan<int> drawn, int batch, BufferFill fill, RandomStream stream, uint update)
        {
            var free = Math.Min(batch, fill.Capacity - fill.Held);
            var overwritten = stream.Draw(fill.Held, batch - free, update, Overwrite);
            var places = new int?[batch];
            for (var row = 0; row < batch; row++)
            {
                places[row] = row < free ? fill.Held + row : overwritten[row - free];
            }

            return places;
        }
    }

    // Vitter 1985, algorithm R.
    private sealed class Reservoir : IWriteBack
    {
        public int HeldAtFirst(int capacity, int batch) => 0;

        public int[] Draw(int held, int batch, RandomStream stream, uint update) =>
            WithReplacement(held, batch, stream, update);

        public int?[] Places(
            ReadOnlySpan<int> drawn, int batch, BufferFill fill, RandomStream stream, uint update)
        {
            var places = new int?[batch];
            for (var row = 0; row < batch; row++)
            {
                var given = fill.Given + row;
                var place = given < fill.Capacity
                    ? (int)given
                    : stream.Index((int)Math.Min(given + 1, int.MaxValue), (uint)row, update, Overwrite);
                places[row] = place < fill.Capacity ? place : null;
            }

            return places;
        }
    }
}
