using TorchSharp.Modules;
using Training.Checkpoints;

namespace Training.Models;

/// <summary>A moving average of weights, w̄ ← d·w̄ + (1 − d)·w, that begins at the weights themselves.</summary>
/// <param name="parameters">The weights, float32 on the CPU.</param>
/// <param name="decay">d.</param>
/// <remarks>Source: Polyak and Juditsky 1992, with the exponential form of the code of Du et al. 2021.</remarks>
public sealed class WeightAverage(IReadOnlyList<Parameter> parameters, double decay) : ICheckpointed
{
    private readonly float[][] _average = [.. parameters.Select(p => p.Floats().ToArray())];

    /// <inheritdoc/>
    public string Section => "average";

    /// <summary>Takes in the weights as they are now.</summary>
    public void Add()
    {
        var (kept, added) = ((float)decay, (float)(1 - decay));
        for (var i = 0; i < _average.Length; i++)
        {
            var weights = parameters[i].Floats();
            var average = _average[i].AsSpan();
            for (var j = 0; j < average.Length; j++)
            {
                average[j] = (kept * average[j]) + (added * weights[j]);
            }
        }
    }

    /// <summary>Puts the average in the place of the weights, which return bit for bit when it is disposed.</summary>
    public IDisposable InUse() => new Exchange(this);

    /// <inheritdoc/>
    /// <remarks>Not while it is in use: it holds the weights then.</remarks>
    public void Save(BinaryWriter to) => Array.ForEach(_average, values => to.Write(values.AsSpan()));

    /// <inheritdoc/>
    public void Load(BinaryReader from) => Array.ForEach(_average, values => from.ReadInto(values.AsSpan()));

    private void Swap()
    {
        for (var i = 0; i < _average.Length; i++)
        {
            var weights = parameters[i].Floats();
            var average = _average[i].AsSpan();
            for (var j = 0; j < average.Length; j++)
            {
                (weights[j], average[j]) = (average[j], weights[j]);
            }
        }
    }

    private sealed class Exchange : IDisposable
    {
        private readonly WeightAverage _owner;

        public Exchange(WeightAverage owner)
        {
            _owner = owner;
            owner.Swap();
        }

        public void Dispose() => _owner.Swap();
    }
}
