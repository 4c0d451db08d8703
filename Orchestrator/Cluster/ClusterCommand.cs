using System.CommandLine;
using Engine.Akka;
using Engine.Akka.Inspection;
using Engine.Akka.Wire;
using Engine.Sql;
using Orchestrator.Cli;
using Shared.Engine;

namespace Orchestrator.Cluster;

/// <summary><c>cluster</c>: who is in the cluster, and who coordinates.</summary>
internal static class ClusterCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var store = CliOptions.Store();
        var output = CliOptions.Output("table", "json");
        var words = new Argument<string[]>("question")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "Nothing for the members, or one of: " + string.Join(", ", ClusterQuestion.All.Select(Usage)),
        };
        var command = new Command(
            "cluster",
            "Shows the members of the cluster as its coordinator sees them, and the sweeps whose histories it has "
            + "in memory.\n\nExample: ./sweep cluster sweeps list")
        {
            words, store, output,
        };
        command.SetAction((parsed, _) => Stores.WithAsync(
            parsed.GetValue(store),
            StoreMode.Existing,
            async (engine, _) =>
            {
                if (parsed.GetValue(words) is { Length: > 0 } question)
                {
                    return await AskAsync(engine, question);
                }

                if (engine is AkkaEngine akka)
                {
                    return Show(await akka.DescribeAsync(CancellationToken.None), parsed.GetValue(output)!);
                }

                await Console.Error.WriteLineAsync($"the engine sql has no cluster: set {EngineChoice.Variable}=akka");
                return ExitCode.WrongInput;
            }));
        return command;
    }

    /// <summary>Asks what pbm is asked with the same words.</summary>
    private static async Task<int> AskAsync(IStore engine, string[] words)
    {
        var asked = ClusterQuestion.All.FirstOrDefault(question =>
            words.Length == 2 + question.Arguments.Length
            && (question.Subject, question.Verb) == (words[0], words[1]));
        if (asked is null)
        {
            await Console.Error.WriteLineAsync(
                $"./sweep cluster takes no '{string.Join(' ', words)}'; see ./sweep cluster --help");
            return ExitCode.WrongInput;
        }

        var (isAnswered, lines) = await asked.AskAsync(engine, words[2..]);
        foreach (var line in lines)
        {
            await (isAnswered ? Console.Out : Console.Error).WriteLineAsync(line);
        }

        return isAnswered ? ExitCode.Done : ExitCode.WrongInput;
    }

    private static string Usage(ClusterQuestion question) => string.Join(
        ' ', [question.Subject, question.Verb, .. question.Arguments.Select(name => name.ToUpperInvariant())]);

    private static int Show(ClusterView view, string output)
    {
        if (output == "json")
        {
            Printed.Json(view);
            return ExitCode.Done;
        }

        TextTable.Print(
            ["address", "roles", "status", "reachable", "coordinates"],
            [.. view.Members.Select(member => (string[])[
                member.Address,
                string.Join(", ", member.Roles),
                member.Status,
                member.IsReachable ? "yes" : "no",
                member.Address == view.Coordinator ? $"since {view.Since:u}" : "",
            ])]);
        Console.WriteLine(view.Sweeps.IsEmpty
            ? "no sweep is in memory"
            : $"in memory: {string.Join(", ", view.Sweeps)}");
        return ExitCode.Done;
    }
}
