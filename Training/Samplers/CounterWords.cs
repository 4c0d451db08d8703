using System.Runtime.InteropServices;
using Training.Randomness;

namespace Training.Samplers;

/// <summary>Where the randomness of one proposal of every chain lies in a stream.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Update">Third counter word.</param>
/// <param name="FirstChain">Second counter word of the first chain; the others follow.</param>
/// <param name="Index">
/// Number of the proposal: the fourth word is twice it for momenta, one more for the coin.
/// </param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CounterWords(RandomStream Stream, uint Update, uint FirstChain, uint Index)
{
    /// <summary>Standard normals of a chain.</summary>
    public void FillMomentum(Span<float> momentum, int row) =>
        Stream.FillNormal(momentum, FirstChain + (uint)row, Update, 2 * Index);

    /// <summary>A number in (0, 1) that decides whether a chain moves.</summary>
    public double Coin(int row) => Stream.Unit(FirstChain + (uint)row, Update, (2 * Index) + 1);
}
