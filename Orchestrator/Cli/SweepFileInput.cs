using System.CommandLine;
using System.Diagnostics;
using Shared.Experiments;
using Shared.Sweeps;

namespace Orchestrator.Cli;

/// <summary>A sweep file as a command line names it: the file, <c>--scale</c> and <c>--set</c>.</summary>
public sealed class SweepFileInput
{
    private readonly Argument<string> _file = new("file")
    {
        Description = "A sweep file, such as sweeps/quickstart.yaml",
    };

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

    /// <summary>Adds the argument and the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_file);
        command.Add(_scale);
        command.Add(_settings);
    }

    /// <summary>Reads the file that was named.</summary>
    /// <returns>Nothing when it is wrong; then the error stream says everything that is.</returns>
    public async Task<SweepFileResult.Parsed?> ReadAsync(ParseResult arguments)
    {
        var file = arguments.GetRequiredValue(_file);
        if (Directory.Exists(Places.SweepFile(file)))
        {
            await Console.Error.WriteLineAsync($"{file}: is a folder, not a sweep file");
            return null;
        }

        try
        {
            var text = await File.ReadAllTextAsync(Places.SweepFile(file));
            var choices = new SweepChoices(
                arguments.GetValue(_scale), [.. arguments.GetValue(_settings) ?? []]);
            return await RightAsync(SweepFile.Parse(text, file, ExperimentCatalog.Default, choices));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{file}: cannot be read: {e.Message}");
            return null;
        }
    }

    private static async Task<SweepFileResult.Parsed?> RightAsync(SweepFileResult result)
    {
        switch (result)
        {
            case SweepFileResult.Parsed parsed:
                return parsed;
            case SweepFileResult.Wrong wrong:
                foreach (var problem in wrong.Problems)
                {
                    await Console.Error.WriteLineAsync(problem.ToString());
                }

                return null;
            default:
                throw new UnreachableException();
        }
    }
}
