using System.Runtime.InteropServices;
using Shared.Data;
using Training.Data;
using Training.Experiments;

namespace Worker.Hosting;

/// <summary>Downloads a data set at the request of <c>./sweep data pull</c>.</summary>
public static class DataPull
{
    private const int Interrupted = 130;
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);

    /// <summary>Downloads a set; Ctrl-C gives up and leaves nothing unfinished.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="folder">Folder that its folder goes into; nothing for <c>runs/data</c>.</param>
    /// <returns>0 done, 1 not to be had, 2 no such set, 130 interrupted.</returns>
    public static async Task<int> RunAsync(string name, string? folder)
    {
        if (ImageSets.Find(name) is not { } set)
        {
            await Console.Error.WriteLineAsync(
                $"there is no data set {name}; there are {string.Join(" and ", ImageSets.Names)}");
            return 2;
        }

        using var stop = new CancellationTokenSource();
        using var interrupts = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });
        if (set.Package is { } package)
        {
            Console.WriteLine($"Debian has {set.Name} too: apt-get install {package.Name}");
        }

        var target = Path.GetFullPath(Path.Combine(folder ?? DataPlaces.Of(null).Pulled, set.Name));
        using var http = new HttpClient { Timeout = AnswerLimit };
        try
        {
            await new ImageSetDownload(http, Console.WriteLine).FetchAsync(set, target, stop.Token);
            Console.WriteLine($"{set.Name} is in {target}");
            return 0;
        }
        catch (DataSetException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"interrupted; what was verified is kept in {target}");
            return Interrupted;
        }
    }
}
