using System.Globalization;
using System.Text;
using IntacctSync.Local.Cli;
using IntacctSync.Simulators.Zuper.Sample;
using Spectre.Console;

namespace IntacctSync.Local.Sandbox;

/// <summary>Says where everything is, and what to try.</summary>
internal sealed class SandboxGuide(SandboxFolder folder, SandboxSystems world, Uri host, IAnsiConsole console)
{
    /// <summary>An invoice of the sample that is simple, and not paid.</summary>
    private const string ToEdit = "Garden tap";

    public void Welcome()
    {
        console.Write(new Rule("[bold]IntacctSync sandbox[/]") { Justification = Justify.Left });
        console.Line();
        console.Prose(
            "Organizations, customers and invoices of a simulated Zuper go to a simulated Sage Intacct; its items and "
                + "payments come back as products and payments. What customers owe goes on to a simulated Upflow, and "
                + "what they pay there comes back. Some of it is awkward on purpose. Nothing leaves this machine, and "
                + "nothing is kept: the next start begins anew."
        );
        console.Line();
        console.Line($"  IntacctSync    {host}");
        console.Line($"  Zuper          {world.Zuper.Address}   (simulator)");
        console.Line($"  Sage Intacct   {world.Intacct.Address}   (simulator)");
        console.Line($"  Upflow         {world.Upflow.Address}   (simulator)");
        console.Line($"  console        {new Uri(host, $"console/connections/{SandboxAccount.Connection}")}");
        console.Line($"  log            {folder.LogPath}");
        console.Line();
    }

    /// <summary>The key that calls need is in a file for curl, since printed text ends up in logs.</summary>
    public async Task TryItAsync(SandboxAccountant accountant, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(
            folder.KeyHeaderPath,
            $"x-api-key: {SandboxAccount.ZuperKey}\n",
            Encoding.ASCII,
            cancellationToken
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder.KeyHeaderPath, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        if (accountant.Booked(ToEdit) is { } booked)
            Invite(booked.Number, booked.CustomerId, booked.Due);
        if (
            accountant.Open().Where(o => o.Number != accountant.Booked(ToEdit)?.Number).Take(2).ToList()
            is [var one, var two]
        )
            InviteToUpflow(one, two);
        console.Line("Changes as they arrive (Ctrl+C stops):");
    }

    /// <summary>What a verb must be told to find this host.</summary>
    private string Where =>
        $" --connection {SandboxAccount.Connection}"
        + (host == new Uri(LocalApp.DefaultUrl) ? "" : $" --url {host.ToString().TrimEnd('/')}");

    private void InviteToUpflow(
        (string Number, string CustomerId, decimal Due) one,
        (string Number, string CustomerId, decimal Due) two
    )
    {
        var invoice = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"number\":\"{two.Number}\",\"amount\":{two.Due}}}"
        );
        var pay = $"{{\"customerId\":\"{two.CustomerId}\",\"invoices\":[{invoice}]}}";
        console.Prose($"Pay {one.Number} in Upflow's portal, and see the payment posted in Intacct:");
        console.Line();
        console.Line(
            $"  curl {new Uri(world.Upflow.Address, "_sim/portal-payments")} -H 'content-type: application/json' \\"
        );
        console.Line($"    -d '{{\"invoice\":\"{one.Number}\"}}'");
        console.Line();
        console.Prose($"And the other way round: pay {two.Number} in Intacct, and see it arrive in Upflow:");
        console.Line();
        console.Line(
            $"  curl {new Uri(world.Intacct.Address, "_sim/payments")} -H 'content-type: application/json' \\"
        );
        console.Line($"    -d '{pay}'");
        console.Line();
    }

    private void Invite(string number, string customerId, decimal due)
    {
        var uid = ZuperSample.InvoiceUidOf(ToEdit);
        var pay = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"customerId\":\"{customerId}\",\"invoices\":[{{\"number\":\"{number}\",\"amount\":{due * 2}}}]}}"
        );
        console.Write(new Rule("[bold]Try it[/]") { Justification = Justify.Left });
        console.Line();
        console.Prose(
            $"Sell two taps instead of one on invoice {number} in Zuper, from this folder in another terminal, and see "
                + "it arrive below:"
        );
        console.Line();
        console.Line($"  curl -X PUT {new Uri(world.Zuper.Address, "api/invoice/" + uid)} \\");
        console.Line($"    -H @{folder.KeyHeaderPath} -H 'content-type: application/json' \\");
        console.Line(
            $"    -d '{{\"invoice\":{{\"line_items\":[{{\"name\":\"Tap\",\"quantity\":2,"
                + $"\"unit_price\":{due.ToString(CultureInfo.InvariantCulture)}}}]}}}}'"
        );
        console.Line();
        console.Prose("Then pay it in Intacct, and see the payment arrive on the invoice in Zuper:");
        console.Line();
        console.Line(
            $"  curl {new Uri(world.Intacct.Address, "_sim/payments")} -H 'content-type: application/json' \\"
        );
        console.Line($"    -d '{pay}'");
        console.Line();
        console.Prose("Look at the invoice's story, in a browser or here, and compare both sides:");
        console.Line();
        console.Line($"  {new Uri(host, $"console/connections/{SandboxAccount.Connection}/records/invoices/{uid}")}");
        console.Line($"  {VerbProgram.Called} show {number}{Where}");
        console.Line($"  {VerbProgram.Called} reconcile{Where}");
        console.Line();
    }
}
