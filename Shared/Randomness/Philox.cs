using System.Runtime.InteropServices;

namespace Shared.Randomness;

/// <summary>
/// Philox4x32-10: four random words for every key and counter, with no state between calls.
/// </summary>
/// <remarks>
/// Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section
/// 3.3; checked against the known answers published with Random123.
/// </remarks>
public static class Philox
{
    /// <summary>Multiplies the first counter word in each round.</summary>
    public const uint Multiplier0 = 0xD2511F53;

    /// <summary>Multiplies the third counter word in each round.</summary>
    public const uint Multiplier1 = 0xCD9E8D57;

    /// <summary>Is added to the first key word after each round.</summary>
    public const uint Weyl0 = 0x9E3779B9;

    /// <summary>Is added to the second key word after each round.</summary>
    public const uint Weyl1 = 0xBB67AE85;

    /// <summary>How many rounds.</summary>
    public const int Rounds = 10;

    /// <summary>The four words of one block.</summary>
    /// <param name="key">
    /// Key; its low 32 bits are the generator's first key word, its high 32 bits the second.
    /// </param>
    /// <param name="counter0">First counter word: the block within a sample.</param>
    /// <param name="counter1">Second counter word: the chain.</param>
    /// <param name="counter2">Third counter word: the update.</param>
    /// <param name="counter3">Fourth counter word: the step.</param>
    public static PhiloxWords Block(ulong key, uint counter0, uint counter1, uint counter2, uint counter3)
    {
        var (key0, key1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var product0 = (ulong)Multiplier0 * counter0;
            var product1 = (ulong)Multiplier1 * counter2;
            counter0 = (uint)(product1 >> 32) ^ counter1 ^ key0;
            counter1 = (uint)product1;
            counter2 = (uint)(product0 >> 32) ^ counter3 ^ key1;
            counter3 = (uint)product0;
            key0 += Weyl0;
            key1 += Weyl1;
        }

        return new PhiloxWords(counter0, counter1, counter2, counter3);
    }
}

/// <summary>The four random words of one Philox block, each uniform over 32 bits.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct PhiloxWords(uint Word0, uint Word1, uint Word2, uint Word3)
{
    /// <summary>The first two words as one number, uniform over 64 bits.</summary>
    public ulong Low64 => Word0 | ((ulong)Word1 << 32);
}
