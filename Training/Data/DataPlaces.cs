using Shared;
using Shared.Data;
using Training.Experiments;

namespace Training.Data;

/// <summary>
/// Where the files of a set are looked for: in the folder that the command line gives, and nowhere else when it
/// gives one; otherwise in the folder of <c>SWEEP_DATA</c>, in <c>runs/data</c> of the clone, and where Debian
/// installs them: the first of these that holds one of them.
/// </summary>
/// <param name="Given">Folder of the command line, or nothing.</param>
/// <param name="Variable">Value of <c>SWEEP_DATA</c>, or nothing.</param>
/// <param name="Pulled">Folder that <c>./sweep data pull</c> fills.</param>
/// <remarks>
/// Within each, the files stand in a folder of the set's name or, where there is none, in the folder itself.
/// </remarks>
public sealed record DataPlaces(string? Given, string? Variable, string Pulled)
{
    private const string VariableName = "SWEEP_DATA";

    /// <summary>The places of this process.</summary>
    /// <param name="given">Folder of the command line, or nothing.</param>
    public static DataPlaces Of(string? given)
    {
        var clone = CloneFolder.Above(AppContext.BaseDirectory, File.Exists) ?? Environment.CurrentDirectory;
        return new DataPlaces(
            given, Environment.GetEnvironmentVariable(VariableName), Path.Combine(clone, "runs", "data"));
    }

    /// <summary>The folder of a set's files, which may be damaged or incomplete.</summary>
    /// <exception cref="DataSetException">
    /// No place holds any of them, or a folder that was named does not exist.
    /// </exception>
    public DataFolder Find(ImageSet set)
    {
        var folders = FoldersOf(set);
        return Given is not null
            ? folders[0]
            : folders.FirstOrDefault(folder => folder.HoldsAny(set)) ?? throw new DataSetException(
                $"{set.Name} is in none of {string.Join(", ", folders.Select(folder => folder.Path))}; "
                + $"{HowToGet(set)}.");
    }

    /// <summary>The folders that are looked in, in this order.</summary>
    /// <exception cref="DataSetException">A folder that was named does not exist.</exception>
    public IReadOnlyList<DataFolder> FoldersOf(ImageSet set)
    {
        var original = $"put the original file there, or {HowToGet(set)}";
        if (!string.IsNullOrEmpty(Given))
        {
            return [Inner(Existing(Given, "--data"), set, original)];
        }

        var folders = new List<DataFolder>();
        if (!string.IsNullOrEmpty(Variable))
        {
            folders.Add(Inner(Existing(Variable, VariableName), set, original));
        }

        folders.Add(new DataFolder(Path.Combine(Pulled, set.Name), $"run ./sweep data pull {set.Name}"));
        if (set.Package is { } package)
        {
            folders.Add(new DataFolder(
                package.Folder,
                $"run apt-get install --reinstall {package.Name}, or ./sweep data pull {set.Name}"));
        }

        return folders;
    }

    /// <summary>How a set comes onto this machine; ends a sentence.</summary>
    public static string HowToGet(ImageSet set) => set.Package is { } package
        ? $"run apt-get install {package.Name}, or ./sweep data pull {set.Name}"
        : $"run ./sweep data pull {set.Name}";

    private static string Existing(string folder, string namedBy) => Directory.Exists(folder)
        ? Path.GetFullPath(folder)
        : throw new DataSetException($"{namedBy} names {folder}, and there is no such folder.");

    private static DataFolder Inner(string folder, ImageSet set, string repair)
    {
        var inner = Path.Combine(folder, set.Name);
        return new DataFolder(Directory.Exists(inner) ? inner : folder, repair);
    }
}

/// <summary>A folder that may hold the files of a set.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Repair">What to do when a file in it is missing or damaged; ends a sentence.</param>
public sealed record DataFolder(string Path, string Repair)
{
    /// <summary>Where a file of a set is, or would be: plain, or compressed by gzip.</summary>
    public string PathOf(ImageSetFile file)
    {
        var plain = System.IO.Path.Combine(Path, file.Name);
        return File.Exists(plain) ? plain : System.IO.Path.Combine(Path, file.PackedName);
    }

    /// <summary>Whether at least one file of a set is there.</summary>
    public bool HoldsAny(ImageSet set) => set.Files.Any(file => File.Exists(PathOf(file)));
}
