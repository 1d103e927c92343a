using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Local.Sandbox;

/// <summary>A newcomer types what the sandbox prints, letter by letter, and sees what it says.</summary>
public sealed partial class SandboxTryItTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler());

    [Fact]
    public async Task Each_line_to_try_does_what_it_says()
    {
        using var process = LocalProcess.Start(_folder.Path, "--sandbox=on", "--urls=http://127.0.0.1:0");
        await process.SeeAsync("Changes as they arrive");
        var (zuper, intacct, upflow) = (
            Address(process, "Zuper"),
            Address(process, "Sage Intacct"),
            Address(process, "Upflow")
        );
        var commands = Commands(process.Output);
        Assert.Equal(4, commands.Count);
        var numbers = Paid().Matches(process.Output).Select(m => m.Groups["number"].Value).ToList();
        Assert.Equal(2, numbers.Count);

        // Two taps instead of one, then their payment, which stands in Zuper.
        var edited = Edited().Match(process.Output).Groups["number"].Value;
        await TypeAsync(commands[0]);
        await SeeAsync(
            async () =>
                Due(await InvoiceAsync(intacct, edited)) > 0
                && commands[1].Contains(edited, StringComparison.Ordinal)
                && (await InvoiceAsync(intacct, edited))["TRX_TOTALENTERED"]!.ToString() == AmountIn(commands[1]),
            $"{edited} was not changed in Intacct",
            process
        );
        await TypeAsync(commands[1]);
        await SeeAsync(
            async () =>
                (await PaymentsInZuperAsync(zuper, edited)).Contains("SAGE-", StringComparison.Ordinal)
                && (await UpflowInvoiceAsync(upflow, edited))["amountOutstanding"]!.GetValue<long>() == 0,
            $"the payment of {edited} did not arrive in Zuper and Upflow",
            process
        );

        // Paid in the portal of Upflow.
        await TypeAsync(commands[2]);
        await SeeAsync(
            async () => Due(await InvoiceAsync(intacct, numbers[0])) == 0,
            $"{numbers[0]} was paid in Upflow, and not in Intacct",
            process
        );

        // Paid in Intacct.
        await TypeAsync(commands[3]);
        await SeeAsync(
            async () => (await UpflowInvoiceAsync(upflow, numbers[1]))["amountOutstanding"]!.GetValue<long>() == 0,
            $"{numbers[1]} was paid in Intacct, and not in Upflow",
            process
        );
        await process.TerminateAsync();
        Assert.Equal(0, await process.EndAsync());
    }

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    /// <summary>The commands as they are printed; a backslash at the end of a line continues it.</summary>
    private static IReadOnlyList<string> Commands(string output)
    {
        var commands = new List<string>();
        foreach (var line in output.Split('\n').Select(l => l.TrimEnd('\r')))
        {
            if (commands is [.., var last] && last.EndsWith('\\'))
                commands[^1] = $"{last}\n{line}";
            else if (line.StartsWith("  curl ", StringComparison.Ordinal))
                commands.Add(line);
        }

        return commands;
    }

    /// <summary>Types a command into a shell, in the folder that the sandbox was started from.</summary>
    private async Task TypeAsync(string command)
    {
        var start = new ProcessStartInfo("sh")
        {
            WorkingDirectory = _folder.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(command.Replace("  curl ", "curl --fail-with-body --silent ", StringComparison.Ordinal));
        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await shell.WaitForExitAsync(CancellationToken.None);
        Assert.True(shell.ExitCode == 0, $"{command}\nended with {shell.ExitCode}: {output}");
    }

    private static Task SeeAsync(Func<Task<bool>> holds, string otherwise, LocalProcess process) =>
        Polling.UntilAsync(holds, () => $"{otherwise}\n{process.Output}");

    private async Task<JsonObject> InvoiceAsync(Uri intacct, string number) =>
        Find(await GetAsync(intacct, "_sim/state/ARINVOICE"), "RECORDID", number);

    private async Task<string> PaymentsInZuperAsync(Uri zuper, string number) =>
        Assert.Single(
            (await GetAsync(zuper, "_sim/state/invoice")).AsArray(),
            i => $"{i!["prefix"]}{i["invoice_no"]}" == number
        )!["payment_history"]!.ToJsonString();

    private async Task<JsonObject> UpflowInvoiceAsync(Uri upflow, string number) =>
        Find(await GetAsync(upflow, "_sim/state/invoices"), "customId", number);

    private static JsonObject Find(JsonNode records, string field, string value) =>
        Assert.Single(records.AsArray(), r => r![field]?.ToString() == value)!.AsObject();

    private async Task<JsonNode> GetAsync(Uri address, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, path));
        using var answer = await _http.SendAsync(request, CancellationToken.None);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(CancellationToken.None))!;
    }

    private static decimal Due(JsonObject invoice) =>
        decimal.Parse(invoice["TRX_TOTALDUE"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture);

    private static string AmountIn(string command) =>
        Regex.Match(command, @"""amount"":(?<amount>[\d.]+)").Groups["amount"].Value;

    private static Uri Address(LocalProcess process, string system) =>
        new(
            Regex.Match(process.Output, $@"  {system} +(?<address>http\S+)").Groups["address"].Value
                is { Length: > 0 } address
                ? address.TrimEnd('/') + "/"
                : throw new InvalidOperationException($"{system} is not printed.")
        );

    [GeneratedRegex(@"[Pp]ay (?<number>\S+) in (?:Upflow's portal|Intacct, and see it arrive in Upflow)")]
    private static partial Regex Paid();

    [GeneratedRegex(@"on invoice (?<number>\S+) in Zuper")]
    private static partial Regex Edited();
}
