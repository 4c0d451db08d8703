using Shared.Execution;
using Shared.Experiments;
using Training.Data;
using Training.Experiments;
using Training.Initialisation;
using Training.Models;
using Training.Objectives;
using Training.Randomness;
using Training.Samplers;
using static TorchSharp.torch;

namespace Bench.Timing;

/// <summary>
/// The work itself, done by the product's own classes: the two-head CNN with h = 32, α 10, σ .005, value clip
/// .03, clamped at every step. <c>torch_peer.py</c> does the same operations with PyTorch.
/// </summary>
internal sealed class Workload : IDisposable
{
    private const int Hidden = 32;
    private const int Side = 28;
    private const int Classes = 10;
    private const int Images = 4_096;
    private const int CheckBatch = 16;
    private const int CheckSteps = 20;
    private static readonly long[] ImageShape = [1, Side, Side];

    private readonly TimedTrial _trial = new();
    private readonly TwoHeadModel _model;
    private readonly RandomStream _noise;
    private readonly LabelledImages _images = MakeImages();
    private readonly Dictionary<int, ImageBatches> _batches = [];
    private readonly IChainStart _buffer;
    private int _chains;

    /// <summary>A model with weights from a fixed stream.</summary>
    public Workload()
    {
        set_num_threads(1);
        _model = new TwoHeadModel(Trunk.Convolutional(Hidden, ImageShape), Classes);
        InitialWeights.Draw(_model.Parameters, _trial.Stream(StreamPurpose.InitialWeights));
        _noise = _trial.Stream(StreamPurpose.ChainNoise);
        var initialisation = new InitialisationParameters { Start = ChainStart.Buffer, BufferSize = 2_000 };
        _buffer = ChainStarts.Of(initialisation, Side * Side, Box.Images, _trial);
    }

    /// <summary>Does a round.</summary>
    public void Run(Round round)
    {
        if (round.Work is Work.Training)
        {
            Train(round);
            return;
        }

        using var chains = zeros([round.Batch, .. ImageShape]);
        var sampler = new LangevinSampler(Sampler(round.Steps, noise: 0.005), Box.Images);
        for (var i = 0; i < round.Repetitions; i++)
        {
            sampler.Run(_model, chains, _noise, (uint)++_chains);
        }
    }

    /// <summary>Mean energy before and after twenty steps without noise, mean of x and of x² after.</summary>
    public double[] Check()
    {
        using var scope = NewDisposeScope();
        var chains = zeros([CheckBatch, .. ImageShape]);
        var states = chains.Floats();
        for (var i = 0; i < states.Length; i++)
        {
            states[i] = (float)((i * 7_919L % 2_001 / 1_000.0) - 1);
        }

        var before = MeanEnergy(chains);
        new LangevinSampler(Sampler(CheckSteps, noise: 0), Box.Images).Run(_model, chains, _noise, update: 0);
        double[] moments = [chains.mean().item<float>(), chains.square().mean().item<float>()];
        return [before, MeanEnergy(chains), .. moments];
    }

    /// <summary>Writes the weights, one parameter after the other, as float32.</summary>
    public void Save(string path)
    {
        using var file = new BinaryWriter(File.Create(path));
        foreach (var parameter in _model.Parameters)
        {
            foreach (var weight in parameter.Floats())
            {
                file.Write(weight);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    private static SamplerParameters Sampler(int steps, double noise) => new()
    {
        Steps = steps,
        StepSize = new Schedule.Constant(10),
        Noise = new Schedule.Constant(noise),
        ValueClip = 0.03,
    };

    private static LabelledImages MakeImages()
    {
        var pixels = new byte[Images * Side * Side];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)(i * 7_919L % 256);
        }

        return new LabelledImages(
            Side, Side, pixels, [.. Enumerable.Range(0, Images).Select(i => (byte)(i % Classes))]);
    }

    private double MeanEnergy(Tensor x) => _model.Energy(x).mean().item<float>();

    private ImageBatches BatchesOf(int batch)
    {
        if (!_batches.TryGetValue(batch, out var batches))
        {
            batches = new ImageBatches(_images, batch, _trial.Stream(StreamPurpose.DataOrder));
            _batches.Add(batch, batches);
        }

        return batches;
    }

    private void Train(Round round)
    {
        var parameters = new ImageTrainingParameters
        {
            Updates = round.Repetitions,
            BatchSize = round.Batch,
            GradientNorm = 1,
            DataNoise = 0.03,
        };
        var training = new ContrastiveTraining(_trial, parameters, Box.Images)
        {
            Parameters = new TwoHeadParameters { Training = parameters },
            SampleShape = ImageShape,
            Positives = BatchesOf(round.Batch),
            Start = _buffer,
            Sampler = new LangevinSampler(Sampler(round.Steps, noise: 0.005), Box.Images),
            Objective = new JointLoss(_model, new JointObjectiveParameters { EnergyL2 = 0.1 }),
            Detector = new DivergenceDetector(new DetectorParameters()),
        };
        if (training.Run() is { } diverged)
        {
            throw new InvalidOperationException($"training diverged: {diverged.Reason}");
        }
    }
}
