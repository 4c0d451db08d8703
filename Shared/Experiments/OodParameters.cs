using System.Collections.Immutable;
using Shared.Data;

namespace Shared.Experiments;

/// <summary>How well other images are told from test images.</summary>
public sealed record OodParameters
{
    /// <summary>What test images are told from.</summary>
    [Parameter(
        "What test images are told from: none leaves it out, others is every other set of the catalogue and "
        + "uniform noise, the same images in every evaluation. f of every image is kept, for reports to average "
        + "over replicates.")]
    public OodSet Set { get; init; } = OodSet.None;

    /// <summary>Images of each side.</summary>
    [Parameter("Images of each side: the first ones of the test parts.", Unit = "images")]
    [Range(50, 10_000)]
    [OnlyWhen("ood.set", "others", "fashion-mnist", "mnist", "noise")]
    public int Images { get; init; } = 2_000;

    /// <summary>Training images of typicality and Mahalanobis distances.</summary>
    [Parameter(
        "Training images, the first ones, whose mean energy and whose features typicality and mahalanobis are "
        + "taken from.",
        Unit = "images")]
    [Range(50, 60_000)]
    [OnlyWhen("ood.set", "others", "fashion-mnist", "mnist", "noise")]
    public int TrainingImages { get; init; } = 5_000;

    /// <summary>T of ODIN.</summary>
    [Parameter("T of ODIN, which divides the logits.")]
    [Range(0, 1_000_000, ExclusiveMinimum = true)]
    [OnlyWhen("ood.set", "others", "fashion-mnist", "mnist", "noise")]
    public double OdinTemperature { get; init; } = 1_000;

    /// <summary>ε of ODIN's step on the image.</summary>
    [Parameter("ε of ODIN's step on the image; 0.0014 in the paper, whose pixels are in [0, 1].", Unit = "x")]
    [Range(0, 2)]
    [OnlyWhen("ood.set", "others", "fashion-mnist", "mnist", "noise")]
    public double OdinStep { get; init; } = 0.0028;

    /// <summary>Names of the sets that test images of a data set are told from, noise aside.</summary>
    /// <param name="data">The data set, or the files that a sweep names by path.</param>
    public ImmutableArray<string> SetsBeside(string? data) => Set switch
    {
        OodSet.Others => [.. ImageSets.Names.Where(name => name != data)],
        OodSet.FashionMnist => [ImageSets.FashionMnist.Name],
        OodSet.Mnist => [ImageSets.Mnist.Name],
        _ => [],
    };

    /// <summary>Whether they are told from noise.</summary>
    public bool HasNoise => Set is OodSet.Others or OodSet.Noise;
}

/// <summary>What test images are told from.</summary>
public enum OodSet
{
    /// <summary>Nothing: it is left out.</summary>
    None,

    /// <summary>Every other set of the catalogue, and noise.</summary>
    Others,

    /// <summary>Fashion-MNIST.</summary>
    FashionMnist,

    /// <summary>MNIST.</summary>
    Mnist,

    /// <summary>Uniform noise.</summary>
    Noise,
}
