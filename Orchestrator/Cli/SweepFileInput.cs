using System.CommandLine;
using System.Diagnostics;
using Shared.Data;
using Shared.Experiments;
using Shared.Metrics;
using Shared.Search;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>A sweep file as a command line names it: the file, <c>--scale</c> and <c>--set</c>.</summary>
public sealed class SweepFileInput
{
    private readonly Argument<string?> _file;

    private readonly Option<string?> _scale = new("--scale")
    {
        HelpName = "NAME",
        Description = "Run at a scale of the file, such as small; without it, the file's own values",
    };

    private readonly Option<string[]> _settings = new("--set")
    {
        HelpName = "KEY=VALUE",
        Description = "Put a value in place of a parameter, or of name, question, data, seed, replicates or "
            + "retries; the value is YAML: --set 'sampler.steps={values: [10, 20]}' sweeps. It wins over "
            + "--scale and may be given several times",
    };

    /// <summary>The input of a command that needs a file.</summary>
    public SweepFileInput()
        : this(ArgumentArity.ExactlyOne, "A sweep file, such as sweeps/quickstart.yaml")
    {
    }

    /// <summary>The input of a command.</summary>
    /// <param name="files">Whether the file may be left out.</param>
    /// <param name="description">What the command does with it.</param>
    public SweepFileInput(ArgumentArity files, string description) =>
        _file = new Argument<string?>("file") { Arity = files, Description = description };

    /// <summary>Adds the argument and the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_file);
        command.Add(_scale);
        command.Add(_settings);
    }

    /// <summary>Reads the file that was named.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="more">Settings after those of <c>--set</c>.</param>
    /// <returns>Nothing when it is wrong; then the error stream says everything that is.</returns>
    public async Task<SweepFileResult.Parsed?> ReadAsync(ParseResult arguments, params string[] more)
    {
        var file = arguments.GetValue(_file)!;
        if (Directory.Exists(Places.SweepFile(file)))
        {
            await Console.Error.WriteLineAsync($"{file}: is a folder, not a sweep file");
            return null;
        }

        try
        {
            var text = await File.ReadAllTextAsync(Places.SweepFile(file));
            var parsed = await ReadTextAsync(arguments, text, file, more);
            return parsed?.Spec.Data is { } data && IdxPair.Find(data) is { } pair
                ? await WithFilesAsync(parsed, pair, Path.GetFullPath(Places.SweepFile(file)))
                : parsed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{file}: cannot be read: {e.Message}");
            return null;
        }
    }

    /// <summary>Reads the file that was named, or a text where none was.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="text">A sweep file whose data are named from the root.</param>
    /// <param name="name">How problems name it.</param>
    /// <param name="more">Settings after those of <c>--set</c>.</param>
    /// <returns>Nothing when it is wrong; then the error stream says everything that is.</returns>
    public Task<SweepFileResult.Parsed?> ReadOrElseAsync(
        ParseResult arguments, string text, string name, params string[] more) =>
        arguments.GetValue(_file) is null
            ? ReadTextAsync(arguments, text, name, more)
            : ReadAsync(arguments, more);

    private Task<SweepFileResult.Parsed?> ReadTextAsync(
        ParseResult arguments, string text, string name, string[] more)
    {
        var choices = new SweepChoices(
            arguments.GetValue(_scale), [.. arguments.GetValue(_settings) ?? [], .. more]);
        return RightAsync(SweepFile.Parse(text, name, ExperimentCatalog.Default, choices));
    }

    /// <summary>
    /// Names the data files from the root, so that the sweep finds them from anywhere, and says what is
    /// different with them.
    /// </summary>
    private static async Task<SweepFileResult.Parsed> WithFilesAsync(
        SweepFileResult.Parsed parsed, IdxPair pair, string file)
    {
        var distances = TrainingMetrics.OfFeatures.Intersect(parsed.Experiment.Metrics).Select(m => m.Name);
        await Console.Error.WriteLineAsync(
            "data by path have no feature network: " + string.Join(", ", distances)
            + " are not reported"
            + (pair.TestImages is null
                ? "; the test part is the last sixth of the images, in the order of the file"
                : ""));
        var spec = parsed.Spec with { Data = pair.Under(Path.GetDirectoryName(file)!).ToString() };
        return parsed with { Spec = spec, Plan = Grid.Plan(spec, parsed.Experiment) };
    }

    /// <summary>What was parsed, or nothing where it is wrong; then the error stream says everything that is.</summary>
    internal static async Task<SweepFileResult.Parsed?> RightAsync(SweepFileResult result)
    {
        switch (result)
        {
            case SweepFileResult.Parsed parsed:
                return parsed;
            case SweepFileResult.Wrong wrong:
                foreach (var line in SweepFileProblem.Lines(wrong.Problems))
                {
                    await Console.Error.WriteLineAsync(line);
                }

                return null;
            default:
                throw new UnreachableException();
        }
    }
}
