using System.Text;
using IntacctSync.Simulators.Zuper.Sample;
using Spectre.Console;

namespace IntacctSync.Local.Sandbox;

/// <summary>Says where everything is, and what to try.</summary>
internal sealed class SandboxGuide(SandboxFolder folder, SandboxWorld world, Uri host, IAnsiConsole console)
{
    /// <summary>An organization of the sample that has no e-mail address yet.</summary>
    private const string ToEdit = "Lakeview Apartments";

    public void Welcome()
    {
        console.Write(new Rule("[bold]IntacctSync sandbox[/]") { Justification = Justify.Left });
        console.Line();
        console.Line("Sample organizations of a simulated Zuper become customers of a simulated Sage Intacct.");
        console.Line("Nothing leaves this machine, and nothing is kept: the next start begins anew.");
        console.Line();
        console.Line($"  IntacctSync    {host}");
        console.Line($"  Zuper          {world.Zuper.Address}   (simulator)");
        console.Line($"  Sage Intacct   {world.Intacct.Address}   (simulator)");
        console.Line($"  status         {new Uri(host, $"api/connections/{SandboxAccount.Connection}/status")}");
        console.Line($"  log            {folder.LogPath}");
        console.Line();
    }

    /// <summary>The key that calls need lies in a file for curl, since what is printed ends up in logs.</summary>
    public async Task TryItAsync(CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(folder.KeyHeaderPath, $"x-api-key: {SandboxAccount.ZuperKey}\n", Encoding.ASCII, cancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder.KeyHeaderPath, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var uid = ZuperSample.UidOf(ToEdit);
        console.Write(new Rule("[bold]Try it[/]") { Justification = Justify.Left });
        console.Line();
        console.Line($"Give {ToEdit} an e-mail address in Zuper, from this folder in another terminal,");
        console.Line("and see it arrive below:");
        console.Line();
        console.Line($"  curl -X PUT {new Uri(world.Zuper.Address, "api/organization/" + uid)} \\");
        console.Line($"    -H @{folder.KeyHeaderPath} -H 'content-type: application/json' \\");
        console.Line("    -d '{\"organization\":{\"organization_email\":\"office@lakeview.example\"}}'");
        console.Line();
        console.Line("Then look at its story, and at the customers that Intacct has:");
        console.Line();
        console.Line($"  curl {new Uri(host, $"api/connections/{SandboxAccount.Connection}/records/organizations/{uid}")}");
        console.Line($"  curl {new Uri(world.Intacct.Address, "_sim/state/CUSTOMER")}");
        console.Line();
        console.Line("Changes as they arrive (Ctrl+C stops):");
    }
}
