using System.Collections.Immutable;
using System.Globalization;
using Shared.Execution;
using Shared.Experiments;
using Shared.Search;
using Shared.Sweeps;
using Training.Data;
using Training.Initialisation;
using Training.Models;
using Training.Randomness;

namespace Training.Experiments;

/// <summary>What a trial leaves of its model and of its buffer, and how they are taken up again.</summary>
public static class StoredModel
{
    /// <summary>Name of the artifact with the weights.</summary>
    public const string FileName = ParentSweep.Model;

    /// <summary>Name of the artifact with chains of the buffer.</summary>
    public const string BufferName = "buffer.safetensors";

    /// <summary>Metadata: name of the experiment.</summary>
    public const string Experiment = "experiment";

    /// <summary>Metadata: every parameter that is switched on, one flat JSON object.</summary>
    public const string Parameters = "parameters";

    /// <summary>Metadata: name of the data set.</summary>
    public const string Data = "data";

    /// <summary>Metadata: number of its classes.</summary>
    public const string Classes = "classes";

    /// <summary>Metadata: shape of a sample, of an image <c>1,28,28</c>, of a point <c>2</c>.</summary>
    public const string Shape = "shape";

    /// <summary>Most slots of a buffer that are stored.</summary>
    public const int SlotLimit = 256;

    private const uint SlotsStored = 3;   // fourth counter word of the draw of stored slots

    /// <summary>The weights of a model, named after their layer and their part.</summary>
    /// <param name="parameters">The experiment's record.</param>
    /// <param name="data">What it was trained on.</param>
    /// <param name="model">The model.</param>
    public static SafeTensors Of(object parameters, ImageData data, IEnergyModel model)
    {
        var points = Of(parameters, data.Shape, model);
        return points with
        {
            Metadata = points.Metadata
                .Add(Data, data.Name)
                .Add(Classes, data.Classes.ToString(CultureInfo.InvariantCulture)),
        };
    }

    /// <summary>The weights of a model that makes its own points.</summary>
    /// <param name="parameters">The experiment's record.</param>
    /// <param name="sampleShape">Shape of one point.</param>
    /// <param name="model">The model.</param>
    public static SafeTensors Of(object parameters, IReadOnlyList<long> sampleShape, IEnergyModel model)
    {
        var declaration = ExperimentCatalog.Of(parameters.GetType()).Experiments[0];
        var resolved = declaration.Resolve(declaration.ValuesOf(parameters));
        return new SafeTensors(
            ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
                .Add(Experiment, declaration.Name)
                .Add(Parameters, Configuration.JsonOf(resolved))
                .Add(Shape, string.Join(',', sampleShape)),
            [
                .. model.Parameters.Zip(NamesOf(model)).Select(named => new NamedTensor(
                    named.Second, [.. named.First.shape], [.. named.First.Floats()])),
            ]);
    }

    /// <summary>Gives a model its first weights: those of the trial's parent, or fresh ones.</summary>
    /// <param name="model">The model.</param>
    /// <param name="trial">The trial.</param>
    /// <exception cref="InvalidDataException">The parent's model is of another kind.</exception>
    public static void Begin(IEnergyModel model, ITrial trial)
    {
        if (trial.ParentModel() is { } parent)
        {
            Restore(SafeTensors.Read(parent), model);
            return;
        }

        InitialWeights.Draw(model.Parameters, trial.Stream(StreamPurpose.InitialWeights));
    }

    /// <summary>
    /// What a stored model was trained on, without its images: to build the model they are not needed.
    /// </summary>
    /// <exception cref="InvalidDataException">The file does not say it.</exception>
    public static ImageData ImagesOf(SafeTensors file)
    {
        var sides = file.Metadata.GetValueOrDefault(Shape, "").Split(',')
            .Select(side => int.TryParse(side, CultureInfo.InvariantCulture, out var length) ? length : 0)
            .ToArray();
        var isCounted = int.TryParse(
            file.Metadata.GetValueOrDefault(Classes), CultureInfo.InvariantCulture, out var classes);
        if (sides is not [1, > 0, > 0] || !isCounted)
        {
            throw new InvalidDataException("the file does not say what its model was trained on");
        }

        var none = new LabelledImages(sides[1], sides[2], [], []);
        return new ImageData(file.Metadata.GetValueOrDefault(Data, ""), classes, none, none);
    }

    /// <summary>What a trial says of its data and its model before the first update.</summary>
    /// <param name="data">What it trains and is measured on.</param>
    /// <param name="model">The model.</param>
    public static TrialDescription Describe(ImageData data, IEnergyModel model)
    {
        return new TrialDescription(
            new TrialData(data.Name, data.Train.Count, data.Test.Count, [.. data.Shape]),
            [.. model.Layers.Select(layer => layer.ToString())],
            model.Parameters.Sum(parameter => parameter.numel()));
    }

    /// <summary>Gives a model the weights of a file.</summary>
    /// <exception cref="InvalidDataException">The file holds the weights of another model.</exception>
    public static void Restore(SafeTensors file, IEnergyModel model)
    {
        var names = NamesOf(model);
        if (!file.Tensors.Select(tensor => tensor.Name).SequenceEqual(names)
            || model.Parameters.Zip(file.Tensors).Any(
                pair => !pair.First.shape.SequenceEqual(pair.Second.Shape)))
        {
            throw new InvalidDataException("the file holds the weights of another model");
        }

        foreach (var (parameter, tensor) in model.Parameters.Zip(file.Tensors))
        {
            tensor.Values.AsSpan().CopyTo(parameter.Floats());
        }
    }

    /// <summary>At most 256 slots of a buffer in random order, as one tensor <c>chains</c>.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="sampleShape">Shape of one sample.</param>
    /// <param name="stream">Stream of the purpose samples.</param>
    public static SafeTensors Of(ReplayBuffer buffer, IReadOnlyList<long> sampleShape, RandomStream stream)
    {
        var slots = stream.Draw(buffer.Count, Math.Min(buffer.Count, SlotLimit), update: 0, SlotsStored);
        var values = ImmutableArray.CreateBuilder<float>();
        foreach (var slot in slots)
        {
            values.AddRange(buffer[slot]);
        }

        return new SafeTensors(
            ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
                .Add("slots", buffer.Count.ToString(CultureInfo.InvariantCulture)),
            [new NamedTensor("chains", [slots.Length, .. sampleShape], values.ToImmutable())]);
    }

    /// <summary>
    /// <c>0.weight</c>, <c>0.bias</c>, <c>1.weight</c> …: a weight begins a layer, a vector is its bias.
    /// </summary>
    private static string[] NamesOf(IEnergyModel model)
    {
        var (layer, parts) = (-1, 0);
        var names = new List<string>();
        foreach (var parameter in model.Parameters)
        {
            var isWeight = parameter.shape.Length > 1;
            if (isWeight || layer < 0)
            {
                (layer, parts) = (layer + 1, 0);
            }

            var part = isWeight ? "weight" : parts++ == 0 ? "bias" : $"vector{parts}";
            names.Add(string.Create(CultureInfo.InvariantCulture, $"{layer}.{part}"));
        }

        return [.. names];
    }
}
