using System.CommandLine;
using Engine.Sql;
using Shared.Diagnosis;
using Shared.Engine;

namespace Orchestrator.Cli;

/// <summary><c>gc</c>: frees what a store keeps and nobody needs any more.</summary>
public static class GcCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would be freed" };
        var output = CliOptions.Output("table", "json");
        var store = CliOptions.Store();
        var command = new Command(
            "gc",
            "Frees checkpoints that newer ones replaced, bytes that no artifact has and files of interrupted "
            + "writing; spares whatever is younger than an hour.\n\nExample: ./sweep gc --dry-run")
        {
            dryRun, output, store,
        };
        command.SetAction((parsed, cancellation) => Stores.WithAsync(
            parsed.GetValue(store),
            StoreMode.Existing,
            async (engine, _) =>
            {
                var isDryRun = parsed.GetValue(dryRun);
                var collected = await engine.CollectAsync(isDryRun, Retention.Grace, cancellation);
                Print(collected, isDryRun, parsed.GetValue(output)!);
                return ExitCode.Done;
            }));
        return command;
    }

    /// <summary>What was freed, or would be, in one sentence.</summary>
    public static string Sentence(CollectedArtifacts collected, bool isDryRun)
    {
        if (collected is { Checkpoints: 0, Contents: 0, Parts: 0 })
        {
            return "nothing to free: everything is in use or younger than an hour";
        }

        (int Count, string One, string Many)[] parts =
        [
            (collected.Checkpoints, "checkpoint that a newer one replaced",
                "checkpoints that newer ones replaced"),
            (collected.Contents, "content that no artifact has", "contents that no artifact has"),
            (collected.Parts, "half-written file", "half-written files"),
        ];
        var named = parts
            .Where(part => part.Count > 0)
            .Select(part => $"{part.Count} {(part.Count == 1 ? part.One : part.Many)}");
        return $"{(isDryRun ? "would free" : "freed")} {MachineFindings.Size(collected.Bytes)}: "
            + string.Join(", ", named);
    }

    private static void Print(CollectedArtifacts collected, bool isDryRun, string output)
    {
        if (output == "json")
        {
            Printed.Json(new
            {
                isDryRun,
                collected.Checkpoints,
                collected.Contents,
                collected.Parts,
                collected.Bytes,
            });
        }
        else
        {
            Console.WriteLine(Sentence(collected, isDryRun));
        }
    }
}
