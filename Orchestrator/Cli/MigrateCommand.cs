using System.CommandLine;
using Engine.Sql.Migration;

namespace Orchestrator.Cli;

/// <summary><c>migrate</c>: makes a store, or brings one to this program's version.</summary>
public static class MigrateCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var store = CliOptions.Store();
        var roles = new Option<bool>("--roles")
        {
            Description = "Only print the script that makes the three roles of a PostgreSQL store, for an "
                + "administrator of the server: ./sweep migrate --roles | sudo -u postgres psql -d sweeps",
        };
        var command = new Command(
            "migrate",
            "Makes the store, or brings one that an older program made to this program's version; refuses "
            + "while somebody works on it.\n\nExample: ./sweep migrate")
        {
            store, roles,
        };
        command.SetAction((parsed, cancellation) => parsed.GetValue(roles)
            ? PrintRolesAsync()
            : RunAsync(parsed.GetValue(store), cancellation));
        return command;
    }

    private static async Task<int> PrintRolesAsync()
    {
        await Console.Out.WriteAsync(StoreMigration.RolesScript);
        return ExitCode.Done;
    }

    private static Task<int> RunAsync(string? given, CancellationToken cancellation) =>
        Stores.WithAddressAsync(given, async address =>
        {
            Console.WriteLine(await Engines.MigrateAsync(address, cancellation));
            return ExitCode.Done;
        });
}
