using Shared.Experiments;
using Training.Checkpoints;
using Training.Randomness;
using Training.Samplers;

namespace Training.Initialisation;

/// <summary>
/// Chains that outlive an update: drawn, each started afresh with a small probability, and written back, both
/// as <see cref="BufferPolicy"/> says.
/// </summary>
/// <remarks>
/// Source: Tieleman 2008 (persistent chains: no restarts); Du and Mordatch 2019, section 3.2 (restarts).
/// </remarks>
public sealed class ReplayBuffer : IChainStart, ICheckpointed
{
    private const uint Restart = 2;

    private readonly int _sampleSize;
    private readonly double _reinitialisation;
    private readonly RandomStream _stream;
    private readonly FreshNoise _fresh;
    private readonly IWriteBack _policy;
    private readonly float[] _states;
    private readonly int[] _ages;
    private long _given;
    private uint _update;
    private int[] _drawn = [];
    private int[] _drawnAges = [];

    /// <summary>A buffer before its first draw.</summary>
    /// <param name="parameters">Policy, slots, probability of a restart and law of the noise.</param>
    /// <param name="sampleSize">Numbers in one flattened sample.</param>
    /// <param name="box">The box of the noise.</param>
    /// <param name="stream">Stream of the purpose chain start.</param>
    public ReplayBuffer(InitialisationParameters parameters, int sampleSize, Box box, RandomStream stream)
    {
        (_sampleSize, _reinitialisation, _stream) = (sampleSize, parameters.Reinitialisation, stream);
        _fresh = new FreshNoise(parameters, sampleSize, box, stream);
        _policy = WriteBacks.Of(parameters.Policy);
        _states = new float[checked(parameters.BufferSize * sampleSize)];
        _ages = new int[parameters.BufferSize];
        HoldNoise(_policy.HeldAtFirst(Capacity, batch: 0));
    }

    /// <summary>Number of slots.</summary>
    public int Capacity => _ages.Length;

    /// <summary>Number of slots that hold a state, from the first one on.</summary>
    public int Count => (int)Math.Min(_given, Capacity);

    /// <summary>
    /// For each state held, how many runs its chain has made since it was noise; shape [count].
    /// </summary>
    public ReadOnlySpan<int> Ages => _ages.AsSpan(0, Count);

    /// <summary>How many chains of the last draw started afresh.</summary>
    public int Restarted { get; private set; }

    /// <summary>The state in a slot, shape [sample size].</summary>
    public ReadOnlySpan<float> this[int slot] => _states.AsSpan(slot * _sampleSize, _sampleSize);

    /// <inheritdoc/>
    public string Section => "buffer";

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">There are more chains than slots.</exception>
    public void Draw(int update, ReadOnlySpan<float> positives, Span<float> chains)
    {
        var batch = chains.Length / _sampleSize;
        if (batch > Capacity)
        {
            throw new ArgumentOutOfRangeException(nameof(chains), $"{batch} chains from {Capacity} slots");
        }

        if (_given == 0)
        {
            HoldNoise(_policy.HeldAtFirst(Capacity, batch));
        }

        _update = (uint)update;
        _drawn = Count > 0 ? _policy.Draw(Count, batch, _stream, _update) : [];
        _drawnAges = new int[batch];
        Restarted = 0;
        for (var row = 0; row < batch; row++)
        {
            var chain = chains.Slice(row * _sampleSize, _sampleSize);
            if (_drawn.Length == 0 || _stream.Unit((uint)row, _update, Restart) < _reinitialisation)
            {
                _fresh.Fill(chain, row, update);
                Restarted++;
            }
            else
            {
                this[_drawn[row]].CopyTo(chain);
                _drawnAges[row] = _ages[_drawn[row]];
            }
        }
    }

    /// <inheritdoc/>
    public void Return(ReadOnlySpan<float> chains)
    {
        var batch = _drawnAges.Length;
        if (chains.Length != batch * _sampleSize)
        {
            throw new ArgumentException($"{batch} chains were drawn, these are not as many", nameof(chains));
        }

        var places = _policy.Places(_drawn, batch, new BufferFill(Count, Capacity, _given), _stream, _update);
        for (var row = 0; row < batch; row++)
        {
            if (places[row] is { } slot)
            {
                chains.Slice(row * _sampleSize, _sampleSize)
                    .CopyTo(_states.AsSpan(slot * _sampleSize, _sampleSize));
                _ages[slot] = _drawnAges[row] + 1;
            }
        }

        _given += batch;
    }

    /// <inheritdoc/>
    /// <remarks>What was drawn for chains that have returned is no longer needed.</remarks>
    public void Save(BinaryWriter to)
    {
        to.Write(_given);
        to.Write(Ages);
        for (var slot = 0; slot < Count; slot++)
        {
            to.Write(this[slot]);
        }
    }

    /// <inheritdoc/>
    public void Load(BinaryReader from)
    {
        _given = from.ReadInt64();
        from.ReadInto(_ages.AsSpan(0, Count));
        for (var slot = 0; slot < Count; slot++)
        {
            from.ReadInto(_states.AsSpan(slot * _sampleSize, _sampleSize));
        }
    }

    private void HoldNoise(int slots)
    {
        _fresh.FillAll(_states.AsSpan(0, slots * _sampleSize), update: 0);
        _given = slots;
    }
}
