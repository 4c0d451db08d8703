using System.CommandLine;
using System.Text;
using System.Text.Json;
using Shared.Execution;

namespace Worker.Verifying;

/// <summary>
/// <c>verify</c>: reads one attempt, a line of JSON, from standard input, trains it straight through and
/// resumed, and writes what it found as JSON. The end of standard input gives up.
/// </summary>
public static class VerifyProgram
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>The command.</summary>
    /// <param name="data">Folder that data are looked for in.</param>
    public static Command Create(Option<string?> data)
    {
        var command =
            new Command("verify", "Trains an attempt straight through and resumed, and compares") { data };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(data)));
        return command;
    }

    /// <returns>0 equal, 1 not, 2 no attempt, 130 given up.</returns>
    private static async Task<int> RunAsync(string? data)
    {
        using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
        if (Read(await input.ReadLineAsync()) is not { } start)
        {
            await Console.Error.WriteLineAsync("standard input holds no attempt");
            return 2;
        }

        using var stop = new CancellationTokenSource();
        _ = EndOfInputAsync(input, stop);
        var spool = Directory.CreateTempSubdirectory("sweep-verify-");
        try
        {
            var verification = new ResumeVerification(spool.FullName, data, Console.Error.WriteLine);
            var report = await verification.RunAsync(start, stop.Token);
            Console.WriteLine(JsonSerializer.Serialize(report, Options));
            return report.IsVerified ? 0 : 1;
        }
        catch (VerificationException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
        finally
        {
            spool.Delete(recursive: true);
        }
    }

    private static ToSlot.Start? Read(string? line)
    {
        try
        {
            return line is null
                ? null
                : SlotMessageJson.ReadToSlot(Encoding.UTF8.GetBytes(line)) as ToSlot.Start;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task EndOfInputAsync(StreamReader input, CancellationTokenSource stop)
    {
        while (await input.ReadLineAsync() is not null)
        {
        }

        await stop.CancelAsync();
    }
}
