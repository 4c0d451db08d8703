using Shared.Execution;
using Shared.Experiments;
using Shared.Search;
using Shared.Sweeps;
using Training.Checkpoints;
using Training.Data;
using Training.Evaluation;
using Training.Initialisation;
using Training.Models;
using Training.Randomness;
using Training.Samplers;
using static TorchSharp.torch;

namespace Training.Experiments;

/// <summary>Runs chains on a stored model: nothing of the trial is changed, its buffer is a copy.</summary>
/// <param name="file">The stored model.</param>
/// <param name="buffer">The stored chains of its buffer; nothing where there are none.</param>
/// <param name="request">What is to be sampled.</param>
/// <param name="progress">Told the number of finished steps before each step.</param>
public sealed class ModelSampling(
    SafeTensors file, SafeTensors? buffer, SamplingRequest request, Action<int> progress) : IModelUse
{
    private const int StripColumns = 11;
    private const int StripRows = 6;

    private SamplingResult? _result;

    /// <inheritdoc/>
    public ImageData Images() => StoredModel.ImagesOf(file);

    /// <inheritdoc/>
    public SampleGrids? Samples => null;

    /// <inheritdoc/>
    public CheckpointSource? From => null;

    /// <inheritdoc/>
    public CancellationToken Stop => CancellationToken.None;

    /// <inheritdoc/>
    public TimeProvider Clock => TimeProvider.System;

    private SamplerParameters? Sampler { get; set; }

    private InitialisationParameters? Initialisation { get; set; }

    /// <summary>Samples.</summary>
    /// <param name="runner">Knows the experiments.</param>
    /// <param name="catalog">Knows what they accept.</param>
    /// <exception cref="InvalidDataException">
    /// The files are of no known experiment, or cannot give as many chains.
    /// </exception>
    public SamplingResult Run(ExperimentRunner runner, ExperimentCatalog catalog)
    {
        var name = file.Metadata.GetValueOrDefault(StoredModel.Experiment, "");
        var parameters = catalog.Find(name)
            ?.Bind(Configuration.ParametersOf(file.Metadata.GetValueOrDefault(StoredModel.Parameters, "{}")));
        if (parameters is not IImageParameters images)
        {
            throw new InvalidDataException($"'{name}' is no experiment on images that this program knows");
        }

        Initialisation = images.Initialisation;
        Sampler = images.Sampler with { Steps = request.Steps };
        Sampler = request.StepSize is { } size
            ? Sampler with { StepSize = new Schedule.Constant(size) }
            : Sampler;
        Sampler = request.Noise is { } noise
            ? Sampler with { Noise = new Schedule.Constant(noise) }
            : Sampler;
        runner.Run(parameters, this);
        return _result ?? throw new InvalidDataException($"experiment {name} does not hand over its model");
    }

    /// <inheritdoc/>
    public void Use(IEnergyModel model, IReadOnlyList<long> sampleShape, Box box)
    {
        StoredModel.Restore(file, model);
        var states = Starts((int)sampleShape.Aggregate(1L, (product, side) => product * side), box);
        var strip = new SampleStrip(
            Math.Min(StripRows, request.Count), request.Steps, StripColumns, (int)sampleShape[^1]);
        var before = Energies.Of(model, states, sampleShape);
        using (var chains = empty([request.Count, .. sampleShape]))
        {
            states.CopyTo(chains.Floats());
            using var watched = new WatchedModel(model, (step, x, _) =>
            {
                progress(step);
                strip.Show(step, x.Floats());
            });
            var stream = new RandomStream(RandomStreams.Key(request.Seed, 1, StreamPurpose.ChainNoise));
            new LangevinSampler(Sampler!, box).Run(watched, chains, stream, update: 0);
            chains.Floats().CopyTo(states);
        }

        strip.Show(request.Steps, states);
        var columns = (int)Math.Ceiling(Math.Sqrt(request.Count));
        _result = new SamplingResult(
            [.. before],
            [.. Energies.Of(model, states, sampleShape)],
            SampleGrid.Of(states, (int)sampleShape[^1], request.Count, columns).ToPng(),
            strip.Image.ToPng(),
            strip.Steps,
            strip.Rows);
    }

    /// <inheritdoc/>
    public ulong StreamKey(StreamPurpose purpose) => RandomStreams.Key(request.Seed, 1, purpose);

    /// <inheritdoc/>
    public bool IsCheckpointDue(int update) => false;

    /// <inheritdoc/>
    public void Checkpoint(int update, Func<Stream, CheckpointDigest> write)
    {
    }

    /// <inheritdoc/>
    public void Report(int step, string metric, double value)
    {
    }

    /// <inheritdoc/>
    public void Store(string name, string mediaType, byte[] bytes)
    {
    }

    private float[] Starts(int size, Box box)
    {
        var stream = this.Stream(StreamPurpose.ChainStart);
        var states = new float[request.Count * size];
        if (request.Start is ChainStart.Noise)
        {
            new FreshNoise(Initialisation!, size, box, stream).FillAll(states, update: 0);
            return states;
        }

        var held = buffer?.Tensors.FirstOrDefault(tensor => tensor.Name == "chains")
            ?? throw new InvalidDataException(
                "the trial left no buffer, so that chains can only start from noise");
        var slots = held.Values.Length / size;
        if (request.Count > slots)
        {
            throw new InvalidDataException(
                $"the trial left {slots} chains of its buffer, fewer than {request.Count}");
        }

        var drawn = stream.Draw(slots, request.Count, update: 0, step: 1);
        for (var row = 0; row < drawn.Length; row++)
        {
            held.Values.AsSpan(drawn[row] * size, size).CopyTo(states.AsSpan(row * size, size));
        }

        return states;
    }
}
