using System.Collections.Immutable;

namespace Shared.Data;

/// <summary>A public set of gray images with a class each, in four IDX files.</summary>
public sealed record ImageSet
{
    /// <summary>Name in sweep files, kebab-case.</summary>
    public required string Name { get; init; }

    /// <summary>What the images show, one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Rows of an image, in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of an image, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Number of classes; labels are 0 … classes − 1.</summary>
    public required int Classes { get; init; }

    /// <summary>What models are trained on.</summary>
    public required ImageSetPart Train { get; init; }

    /// <summary>What models are measured on.</summary>
    public required ImageSetPart Test { get; init; }

    /// <summary>
    /// Addresses that end in a slash; a mirror holds each file under its name with <c>.gz</c> behind it.
    /// </summary>
    public required ImmutableArray<string> Mirrors { get; init; }

    /// <summary>The Debian package that holds the files, where there is one.</summary>
    public DebianPackage? Package { get; init; }

    /// <summary>The paper that published it.</summary>
    public required string Source { get; init; }

    /// <summary>The four files.</summary>
    public ImmutableArray<ImageSetFile> Files => [Train.Images, Train.Labels, Test.Images, Test.Labels];
}

/// <summary>One part of a set.</summary>
/// <param name="Count">Number of images.</param>
/// <param name="Images">Pixels, shape [count, height, width].</param>
/// <param name="Labels">Classes, shape [count].</param>
public sealed record ImageSetPart(int Count, ImageSetFile Images, ImageSetFile Labels);

/// <summary>A file of a set, as it is when unpacked: the same whoever compressed it.</summary>
/// <param name="Name">Its name, without <c>.gz</c>.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of its bytes, 64 lower-case hex digits.</param>
public sealed record ImageSetFile(string Name, long Bytes, string Sha256)
{
    /// <summary>Its name when compressed by gzip, as mirrors hold it.</summary>
    public string PackedName => Name + ".gz";
}

/// <summary>A Debian package that installs the files of a set.</summary>
/// <param name="Name">Name of the package.</param>
/// <param name="Folder">Where it puts the files.</param>
public sealed record DebianPackage(string Name, string Folder);
