using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Local.Queue;
using IntacctSync.Local.Sandbox;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Local.Sandbox;
using Microsoft.Playwright;

namespace IntacctSync.Tests.Web.Console;

public sealed partial class ConsoleRunsInBrowserTests(Chromium chromium) : BrowserTest(chromium)
{
    private const int Organizations = 1500;

    [Fact]
    public async Task A_person_sees_what_is_left_of_a_backfill_and_how_long_it_takes_and_cancels_it()
    {
        Stand.World.ZuperSimulator.Screens.Import(
            ZuperModules.Organization,
            Enumerable
                .Range(0, Organizations)
                .Select(i => new JsonObject { ["organization_name"] = $"Organization {i}" })
        );
        Stand.World.IntacctSimulator.Options.Latency = Latency.OfMilliseconds(300);
        await SignInAsync();
        await Stand.Get<SandboxSetup>().PutConnectionAsync(CancellationToken.None);
        await Page.GotoAsync($"{Demo}/runs");
        await Page.GetByLabel("All, of any date").CheckAsync();
        foreach (var flow in new[] { "Customers", "Invoices", "Products", "Payments" })
            await Page.GetByLabel(flow).UncheckAsync();
        await PressAsync("Start the backfill");

        var row = Page.Locator("tr:has-text('Backfill')");
        await ReloadUntilAsync(row.GetByText("at this pace"));
        var left = int.Parse(
            LeftAndHowLong().Match(await row.InnerTextAsync()).Groups["left"].Value.Replace(",", "", Ordinal),
            System.Globalization.CultureInfo.InvariantCulture
        );
        Assert.InRange(left, 1, Organizations + 100);
        var bar = row.GetByRole(AriaRole.Progressbar, new() { Name = "Backfill: organizations" });
        Assert.InRange(await bar.EvaluateAsync<double>("b => b.position"), 0.001, 0.999);
        await Page.GetByRole(AriaRole.Link, new() { Name = "Overview" }).ClickAsync();
        await Assertions.Expect(Page.Locator(".run")).ToContainTextAsync("at this pace");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Runs" }).ClickAsync();

        await PressAsync("Cancel Backfill: organizations");
        await AssertSeenAsync("Cancelled: nothing more is looked for");
        await Assertions.Expect(row.Locator(".badge")).ToHaveTextAsync("Cancelled");
        await Assertions.Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToHaveCountAsync(0);
        await Assertions.Expect(Page.GetByRole(AriaRole.Progressbar)).ToHaveCountAsync(0);

        Stand.World.IntacctSimulator.Options.Latency = Latency.None;
        var queue = Stand.Get<SqliteEnvelopeQueue>();
        await Polling.UntilAsync(
            async () => (await queue.CountAsync(CancellationToken.None)).Pending.Count == 0,
            () => "The queue never ran empty."
        );
        var run = Assert.Single(
            await Stand
                .Get<RunStore>()
                .ListAsync(ConnectionId.Parse(SandboxAccount.Connection), CancellationToken.None),
            r => r.Kind == RunKinds.Backfill
        );
        Assert.Equal(RunState.Cancelled, run.State);
        Assert.InRange(run.Found, 1, Organizations - 1);
        await Page.ReloadAsync();
        await Assertions.Expect(row.Locator(".badge")).ToHaveTextAsync("Cancelled");
        Assert.InRange(Stand.World.IntacctSimulator.Company.Records("CUSTOMER").Count, 1, Organizations - 1);
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    [GeneratedRegex(
        "About (?<left>[0-9,]+) are left; about [0-9]+ [a-z]+ at this pace",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex LeftAndHowLong();
}
