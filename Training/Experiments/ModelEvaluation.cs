using Shared.Execution;
using Shared.Experiments;
using Shared.Search;
using Shared.Sweeps;
using Training.Checkpoints;
using Training.Data;
using Training.Models;
using Training.Samplers;

namespace Training.Experiments;

/// <summary>Hands the model that a trial left to whatever measures it.</summary>
/// <param name="file">The stored model.</param>
/// <param name="trial">The trial of the evaluation.</param>
/// <param name="measure">Measures it.</param>
public sealed class ModelEvaluation(SafeTensors file, ITrial trial, Action<MeasuredModel> measure) : IModelUse
{
    private object? _trained;
    private bool _isMeasured;

    /// <inheritdoc/>
    public SampleGrids? Samples => null;

    /// <inheritdoc/>
    public CheckpointSource? From => null;

    /// <inheritdoc/>
    public CancellationToken Stop => trial.Stop;

    /// <inheritdoc/>
    public TimeProvider Clock => trial.Clock;

    /// <summary>Builds the model and measures it.</summary>
    /// <param name="runner">Knows the experiments.</param>
    /// <param name="catalog">Knows what they accept.</param>
    /// <exception cref="InvalidDataException">The file is of no known experiment, or of another model.</exception>
    public void Run(ExperimentRunner runner, ExperimentCatalog catalog)
    {
        var name = file.Metadata.GetValueOrDefault(StoredModel.Experiment, "");
        _trained = catalog.Find(name)
            ?.Bind(Configuration.ParametersOf(file.Metadata.GetValueOrDefault(StoredModel.Parameters, "{}")))
            ?? throw new InvalidDataException($"'{name}' is no experiment that this program knows");
        runner.Run(_trained, this);
        if (!_isMeasured)
        {
            throw new InvalidDataException($"experiment {name} does not hand over its model");
        }
    }

    /// <inheritdoc/>
    public void Use(IEnergyModel model, IReadOnlyList<long> sampleShape, Box box)
    {
        StoredModel.Restore(file, model);
        using var frozen = new FrozenParameters(model.Parameters);
        var images = _trained is IImageParameters ? trial.Images() : null;
        measure(new MeasuredModel(model, sampleShape, box, _trained!, images));
        _isMeasured = true;
    }

    /// <inheritdoc/>
    public ImageData Images() => trial.Images();

    /// <inheritdoc/>
    public ulong StreamKey(StreamPurpose purpose) => trial.StreamKey(purpose);

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
}
