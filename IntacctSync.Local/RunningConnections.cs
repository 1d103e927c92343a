using IntacctSync.Core.Connections;
using IntacctSync.Local.Cli;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace IntacctSync.Local;

/// <summary>Says at the start of a real host which connections it works for, and where it is looked after.</summary>
internal static class RunningConnections
{
    public static async Task<IReadOnlyList<string>> TellAsync(
        IServiceProvider services,
        CancellationToken cancellationToken
    )
    {
        var all = await services.GetRequiredService<ConnectionStore>().ListAsync(cancellationToken);
        var address = HostAddress.ForCallersHere(
            services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
        );
        return
        [
            all.Count == 0
                ? $"No connection is stored yet. Make one, in another terminal: {VerbProgram.Called} connect"
                : "This is no sandbox: it runs for real.",
            .. all.Select(c => $"  {c.Id}: {c.Settings.Profile.Title}, Intacct company {c.Company}, {StateOf(c)}"),
            $"Console: {new Uri(address, "console")}",
        ];
    }

    private static string StateOf(Connection connection) =>
        connection switch
        {
            { Active: false } => "deactivated",
            { Stop: { } stop } => $"stopped: {stop.Problem.Message}",
            { Settings.Mode: SyncMode.Shadow } => "in shadow mode: nothing is written",
            _ => "live",
        };
}
