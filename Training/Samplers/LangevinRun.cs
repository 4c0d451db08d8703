using Shared.Experiments;
using Training.Models;
using Training.Randomness;
using static TorchSharp.torch;

namespace Training.Samplers;

/// <summary>The chains of one run of a Langevin sampler, and what they have done so far.</summary>
internal sealed class LangevinRun
{
    private readonly SamplerParameters _parameters;
    private readonly Box _box;
    private readonly Tensor _chains;
    private readonly (RandomStream Stream, uint Update, uint FirstChain) _noise;
    private readonly int _count;
    private readonly float[] _normals;
    private readonly float[] _start;
    private readonly float[] _before;
    private readonly List<ChainStep> _steps;
    private long _refused;

    /// <summary>Begins a run.</summary>
    /// <param name="parameters">Order of a step and what happens at the box.</param>
    /// <param name="box">The box.</param>
    /// <param name="chains">States, shape [chains, …], moved in place.</param>
    /// <param name="noise">Stream of the step noise, with its third and its first second word.</param>
    public LangevinRun(
        SamplerParameters parameters,
        Box box,
        Tensor chains,
        (RandomStream Stream, uint Update, uint FirstChain) noise)
    {
        (_parameters, _box, _chains, _noise) = (parameters, box, chains, noise);
        _count = (int)chains.shape[0];
        _start = chains.Floats().ToArray();
        _normals = new float[_start.Length / _count];
        _before = parameters.Boundary is BoundaryRule.Reject ? new float[_start.Length] : [];
        _steps = new List<ChainStep>(parameters.Steps + 1);
    }

    private int SampleSize => _normals.Length;

    /// <summary>One step of every chain.</summary>
    /// <param name="step">Its arithmetic.</param>
    /// <param name="model">The energy.</param>
    /// <param name="index">t, the fourth counter word of its noise.</param>
    public void Take(LangevinStep step, IEnergyModel model, int index)
    {
        using var scope = NewDisposeScope();
        if (_before.Length > 0)
        {
            _chains.Floats().CopyTo(_before);
        }

        var isNoiseFirst = _parameters.Order is NoiseOrder.NoiseFirst;
        if (isNoiseFirst)
        {
            AddNoise(step, index);
        }

        var energies = model.Energy(_chains);
        var gradient = autograd.grad([energies.sum()], [_chains])[0].contiguous();
        var last = isNoiseFirst ? step with { Noise = 0 } : step;
        _steps.Add(Move(last, gradient.Floats(), index) with
        {
            Energy = ChainStatistics.Mean(energies.detach().contiguous().Floats()),
        });
    }

    /// <summary>Ends the run: chains that may leave the box on the way are put back.</summary>
    public ChainTrace End()
    {
        var chains = _chains.Floats();
        if (_parameters.Boundary is BoundaryRule.AtEnd)
        {
            _box.Clamp(chains);
        }

        var taken = (long)_steps.Count * _count;
        return new ChainTrace(
            _steps,
            ChainStatistics.MeanDistance(_start, chains, SampleSize),
            _box.CountSaturated(chains) / (double)chains.Length,
            taken,
            _before.Length > 0 ? 1 - (_refused / (double)taken) : null);
    }

    private void AddNoise(LangevinStep step, int index)
    {
        for (var row = 0; row < _count && step.Noise > 0; row++)
        {
            _noise.Stream.FillNormal(_normals, _noise.FirstChain + (uint)row, _noise.Update, (uint)index);
            step.AddNoise(Row(_chains.Floats(), row), _normals);
        }
    }

    private ChainStep Move(LangevinStep step, ReadOnlySpan<float> gradient, int index)
    {
        var chains = _chains.Floats();
        var (norm, clipped, saturated) = (0.0, 0L, 0L);
        for (var row = 0; row < _count; row++)
        {
            if (step.Noise > 0)
            {
                _noise.Stream.FillNormal(_normals, _noise.FirstChain + (uint)row, _noise.Update, (uint)index);
            }

            var chain = Row(chains, row);
            var counts = step.Apply(chain, gradient.Slice(row * SampleSize, SampleSize), _normals);
            norm += counts.GradientNorm;
            clipped += counts.Clipped;
            saturated += WasRefused(chain, row) ? _box.CountSaturated(chain) : counts.Saturated;
        }

        return new ChainStep(
            Energy: 0, norm / _count, clipped / (double)chains.Length, saturated / (double)chains.Length);
    }

    private bool WasRefused(Span<float> chain, int row)
    {
        if (_before.Length == 0 || !_box.IsLeftBy(chain))
        {
            return false;
        }

        Row(_before, row).CopyTo(chain);
        _refused++;
        return true;
    }

    private Span<float> Row(Span<float> all, int row) => all.Slice(row * SampleSize, SampleSize);
}
