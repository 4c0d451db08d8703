using Training.Models;
using static TorchSharp.torch;

namespace Training.Samplers;

/// <summary>Chains with the energies and gradients of their states, moved one trajectory at a time.</summary>
internal sealed class HamiltonianChains
{
    private readonly IEnergyModel _model;
    private readonly Tensor _chains;
    private readonly Box _box;
    private readonly int _count;
    private readonly int _size;
    private readonly float[] _energies;
    private readonly float[] _gradients;
    private readonly float[] _states;
    private readonly float[] _proposedEnergies;
    private readonly float[] _proposedGradients;
    private readonly float[] _momenta;

    /// <summary>Takes the energies and gradients of the first states.</summary>
    /// <param name="model">The energy, its parameters frozen.</param>
    /// <param name="chains">States, contiguous float32 of shape [chains, …], moved in place.</param>
    /// <param name="box">What reflects them.</param>
    public HamiltonianChains(IEnergyModel model, Tensor chains, Box box)
    {
        (_model, _chains, _box) = (model, chains, box);
        _count = (int)chains.shape[0];
        _states = chains.Floats().ToArray();
        _size = _states.Length / _count;
        (_energies, _gradients) = (new float[_count], new float[_states.Length]);
        (_proposedEnergies, _proposedGradients) = (new float[_count], new float[_states.Length]);
        _momenta = new float[_states.Length];
        Evaluate(_energies, _gradients);
    }

    /// <summary>How often ∇E was taken, each chain counted for itself.</summary>
    public long GradientEvaluations { get; private set; }

    /// <summary>Energies of the states, shape [chains].</summary>
    public ReadOnlySpan<float> Energies => _energies;

    /// <summary>Takes the energies and gradients anew, where the energy itself has changed.</summary>
    public void Refresh() => Evaluate(_energies, _gradients);

    /// <summary>Mean energy and gradient norm of the states as they are.</summary>
    public ChainStep Describe()
    {
        var norm = 0.0;
        for (var row = 0; row < _count; row++)
        {
            norm += Math.Sqrt(Square(_gradients.AsSpan(row * _size, _size)));
        }

        return new ChainStep(
            ChainStatistics.Mean(_energies),
            norm / _count,
            ClippedShare: 0,
            _box.CountSaturated(_states) / (double)_states.Length);
    }

    /// <summary>One trajectory of every chain, and each chain's own decision.</summary>
    /// <param name="pace">ε and τ of a chain, by its row.</param>
    /// <param name="leapfrogSteps">L.</param>
    /// <param name="words">What is random.</param>
    /// <returns>How many chains moved.</returns>
    public int Move(
        Func<int, (double StepSize, double Temperature)> pace, int leapfrogSteps, CounterWords words)
    {
        var before = new double[_count];
        for (var row = 0; row < _count; row++)
        {
            var momentum = _momenta.AsSpan(row * _size, _size);
            words.FillMomentum(momentum, row);
            before[row] = Square(momentum) / 2;
            Kick(momentum, _gradients, row, Half(pace(row)));
        }

        for (var step = 1; step <= leapfrogSteps; step++)
        {
            Drift(pace);
            Evaluate(_proposedEnergies, _proposedGradients);
            for (var row = 0; row < _count; row++)
            {
                // The last kick is a half one: a full one here is the classic slip.
                var (size, temperature) = pace(row);
                var kick = step < leapfrogSteps ? size / temperature : Half((size, temperature));
                Kick(_momenta.AsSpan(row * _size, _size), _proposedGradients, row, kick);
            }
        }

        return Decide(pace, before, words);
    }

    /// <summary>Exchanges the states of two chains; <see cref="Publish"/> once all are exchanged.</summary>
    public void Swap(int first, int second)
    {
        (_energies[first], _energies[second]) = (_energies[second], _energies[first]);
        foreach (var all in (float[][])[_states, _gradients])
        {
            for (var i = 0; i < _size; i++)
            {
                var (a, b) = ((first * _size) + i, (second * _size) + i);
                (all[a], all[b]) = (all[b], all[a]);
            }
        }
    }

    /// <summary>Puts exchanged states into the tensor.</summary>
    public void Publish() => _states.CopyTo(_chains.Floats());

    private static double Half((double StepSize, double Temperature) pace) =>
        pace.StepSize / (2 * pace.Temperature);

    private int Decide(
        Func<int, (double StepSize, double Temperature)> pace, double[] before, CounterWords words)
    {
        var moved = 0;
        var proposed = _chains.Floats();
        for (var row = 0; row < _count; row++)
        {
            var (first, temperature) = (row * _size, pace(row).Temperature);
            var kinetic = Square(_momenta.AsSpan(first, _size)) / 2;
            var fall = ((double)_energies[row] - _proposedEnergies[row]) / temperature;

            // What is not a number is refused: a chain never moves to where the energy is not defined.
            if (Math.Log(words.Coin(row)) < fall + before[row] - kinetic)
            {
                proposed.Slice(first, _size).CopyTo(_states.AsSpan(first, _size));
                _proposedGradients.AsSpan(first, _size).CopyTo(_gradients.AsSpan(first, _size));
                _energies[row] = _proposedEnergies[row];
                moved++;
            }
        }

        _states.CopyTo(proposed);
        return moved;
    }

    private void Kick(Span<float> momentum, float[] gradients, int row, double size)
    {
        var gradient = gradients.AsSpan(row * _size, _size);
        for (var i = 0; i < momentum.Length; i++)
        {
            momentum[i] = (float)(momentum[i] - (size * gradient[i]));
        }
    }

    private void Drift(Func<int, (double StepSize, double Temperature)> pace)
    {
        var states = _chains.Floats();
        for (var row = 0; row < _count; row++)
        {
            var size = pace(row).StepSize;
            for (var i = row * _size; i < (row + 1) * _size; i++)
            {
                (states[i], var isTurned) = _box.Reflect((float)(states[i] + (size * _momenta[i])));
                _momenta[i] = isTurned ? -_momenta[i] : _momenta[i];
            }
        }
    }

    private void Evaluate(float[] energies, float[] gradients)
    {
        using var scope = NewDisposeScope();
        _chains.requires_grad = true;
        try
        {
            var energy = _model.Energy(_chains);
            autograd.grad([energy.sum()], [_chains])[0].contiguous().Floats().CopyTo(gradients);
            energy.detach().contiguous().Floats().CopyTo(energies);
        }
        finally
        {
            _chains.requires_grad = false;
        }

        GradientEvaluations += _count;
    }

    private static double Square(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (double value in values)
        {
            sum += value * value;
        }

        return sum;
    }
}
