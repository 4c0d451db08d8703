using Shared.Experiments;
using Training.Randomness;
using Training.Samplers;

namespace Training.Initialisation;

/// <summary>
/// Chains that outlive an update, policy <c>slot</c>: drawn without replacement, each started afresh with a
/// small probability, and written back to the slots that they came from.
/// </summary>
/// <remarks>
/// Source: Tieleman 2008 (persistent chains); Du and Mordatch 2019, section 3.2 (restarts). Without
/// replacement, because two copies of one slot would silently overwrite each other.
/// </remarks>
public sealed class ReplayBuffer : IChainStart
{
    private const uint SlotDraw = 1;
    private const uint Restart = 2;

    private readonly int _sampleSize;
    private readonly double _reinitialisation;
    private readonly RandomStream _stream;
    private readonly UniformStart _fresh;
    private readonly float[] _states;
    private int[] _drawn = [];

    /// <summary>A buffer full of uniform noise.</summary>
    /// <param name="parameters">Number of slots and probability of a restart.</param>
    /// <param name="sampleSize">Numbers in one flattened sample.</param>
    /// <param name="box">The box of the noise.</param>
    /// <param name="stream">Stream of the purpose chain start.</param>
    public ReplayBuffer(InitialisationParameters parameters, int sampleSize, Box box, RandomStream stream)
    {
        (_sampleSize, _reinitialisation, _stream) = (sampleSize, parameters.Reinitialisation, stream);
        _fresh = new UniformStart(sampleSize, box, stream);
        _states = new float[checked(parameters.BufferSize * sampleSize)];
        _fresh.Draw(update: 0, _states);
    }

    /// <summary>Number of slots.</summary>
    public int Count => _states.Length / _sampleSize;

    /// <summary>The state in a slot, shape [sample size].</summary>
    public ReadOnlySpan<float> this[int slot] => _states.AsSpan(slot * _sampleSize, _sampleSize);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">There are more chains than slots.</exception>
    public void Draw(int update, Span<float> chains)
    {
        _drawn = _stream.Draw(Count, chains.Length / _sampleSize, (uint)update, SlotDraw);
        for (var row = 0; row < _drawn.Length; row++)
        {
            var chain = chains.Slice(row * _sampleSize, _sampleSize);
            if (_stream.Unit((uint)row, (uint)update, Restart) < _reinitialisation)
            {
                _fresh.Fill(chain, row, update);
            }
            else
            {
                this[_drawn[row]].CopyTo(chain);
            }
        }
    }

    /// <inheritdoc/>
    public void Return(ReadOnlySpan<float> chains)
    {
        if (chains.Length != _drawn.Length * _sampleSize)
        {
            throw new ArgumentException(
                $"{_drawn.Length} chains were drawn, these are not as many", nameof(chains));
        }

        for (var row = 0; row < _drawn.Length; row++)
        {
            chains.Slice(row * _sampleSize, _sampleSize)
                .CopyTo(_states.AsSpan(_drawn[row] * _sampleSize, _sampleSize));
        }
    }
}
