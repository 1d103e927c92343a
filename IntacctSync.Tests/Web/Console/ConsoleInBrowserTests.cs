using IntacctSync.Simulators.Zuper.Sample;
using Microsoft.Playwright;

namespace IntacctSync.Tests.Web.Console;

public sealed class ConsoleInBrowserTests(Chromium chromium) : BrowserTest(chromium)
{
    private const string Hostile = "<script>document.title='taken'</script><b>Bold</b> \"Inc\"";

    [Fact]
    public async Task A_person_signs_in_and_out()
    {
        await Page.GotoAsync($"{Stand.Address}console/connections/new");
        await Page.GetByLabel("Admin key").FillAsync("not the key");
        await PressAsync("Sign in");
        await AssertSeenAsync("That is not the admin key.");
        await Page.GetByLabel("Admin key").FillAsync(ConsoleStand.Key);
        await PressAsync("Sign in");
        await AssertSeenAsync("Name of this connection");
        await PressAsync("Sign out");
        await Assertions.Expect(Page.GetByLabel("Admin key")).ToBeVisibleAsync();
        await Page.GotoAsync("/console");
        Assert.Contains("/sign-in", Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_connects_examines_and_sees_the_first_records_synced()
    {
        await SignInAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Connect", Exact = true }).First.ClickAsync();
        await Page.GetByLabel("Name of this connection").FillAsync("main");
        await FillAsync("Sage Sender ID", "sandbox-sender");
        await FillAsync("Sage Sender Password", "sandbox-sender-password");
        await FillAsync("Sage Company ID", "sandbox");
        await FillAsync("Sage User ID", "sandbox-user");
        await FillAsync("Sage User Password", "wrong-password");
        await FillAsync("Zuper company name", "sandbox");
        await FillAsync("Zuper API Key", "sandbox-zuper-key");
        await FillAsync("Revenue account", "4000");
        await PressAsync("Store the connection");
        await AssertSeenAsync("The connection is stored.");

        await PressAsync("Run the doctor");
        await Assertions.Expect(Page.Locator("li:has(.badge.failed):has-text('Intacct login')")).ToBeVisibleAsync();
        await FillAsync("Sage User Password", "sandbox-user-password");
        await PressAsync("Store the settings");
        await AssertSeenAsync("The settings are stored.");
        await PressAsync("Run the doctor");
        await Assertions.Expect(Page.Locator("li:has(.badge.passed):has-text('Intacct login')")).ToBeVisibleAsync();

        await Page.GetByRole(AriaRole.Link, new() { Name = "Runs" }).ClickAsync();
        await Page.GetByLabel("All, of any date").CheckAsync();
        foreach (var flow in new[] { "Customers", "Invoices", "Products", "Payments" })
            await Page.GetByLabel(flow).UncheckAsync();
        await PressAsync("Start the backfill");
        await AssertSeenAsync("It has begun.");
        await ReloadUntilAsync(Page.Locator("tr:has-text('Backfill') .badge:has-text('Done')"));
        await Page.GetByRole(AriaRole.Link, new() { Name = "Records", Exact = true }).ClickAsync();
        await Assertions.Expect(Page.GetByText("Synced", new() { Exact = true }).Nth(1)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_person_mends_a_cause_and_retries_it()
    {
        await SignInAsync();
        await SyncedAsync();
        await Page.GotoAsync(Demo);
        await Page.GetByRole(AriaRole.Link, new() { Name = "Needs you" }).First.ClickAsync();
        var cause = Page.Locator("section", new() { HasText = "Evergreen Car Wash" });
        await Assertions.Expect(cause).ToContainTextAsync("To mend it:");

        var uid = ZuperSample.Organizations.Single(o => o.Value.Name == "Evergreen Car Wash").Key;
        Stand.World.ZuperSimulator.Screens.Edit(uid, o => o["organization_email"] = "ap@evergreen.example");
        await cause.GetByRole(AriaRole.Button).ClickAsync();
        await AssertSeenAsync("being retried.");
        await ReloadUntilAsync(Page.Locator("main:not(:has-text('Evergreen Car Wash'))"));

        await Page.GotoAsync($"{Demo}/records?q=Evergreen");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Evergreen Car Wash" }).ClickAsync();
        await ReloadUntilAsync(Page.Locator("h2 + .badge.synced"));
        await Assertions
            .Expect(Page.Locator(".story"))
            .ToContainTextAsync("A retry of all with this cause was asked for.");
    }

    [Fact]
    public async Task A_person_retries_everything_ignores_one_and_links_another()
    {
        await SignInAsync();
        await SyncedAsync();
        await Page.GotoAsync($"{Demo}/causes");
        await PressAsync("Retry everything");
        await AssertSeenAsync("records are being retried.");
        await Page.GotoAsync($"{Demo}/records?q=Harbor Dental Group (copy)");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Harbor Dental Group (copy)" }).ClickAsync();
        await ReloadUntilAsync(Page.Locator("h2 + .badge.needsAction"));

        await Page.GetByText("Link it").ClickAsync();
        await Page.GetByLabel("Its counterpart in Intacct").FillAsync("C-1001");
        await PressAsync("Link");
        await AssertSeenAsync("is the counterpart of another record already");
        await Page.GoBackAsync();
        await Page.GetByText("Link it").ClickAsync();
        await Page.GetByLabel("Its counterpart in Intacct").FillAsync("C-1005");
        await PressAsync("Link");
        await AssertSeenAsync("The link is stored");
        await ReloadUntilAsync(Page.Locator("h2 + .badge.synced"));

        await Page.GetByText("Ignore it").ClickAsync();
        await Page.GetByLabel("Why? It stands in the story").FillAsync("it is a copy");
        await PressAsync("Ignore");
        await AssertSeenAsync("Ignored by hand: it is a copy");
    }

    [Fact]
    public async Task A_person_chooses_the_counterpart_among_candidates()
    {
        await SignInAsync();
        await SyncedAsync();
        await Page.GotoAsync($"{Demo}/records?q=Harbor Dental Group (copy)");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Harbor Dental Group (copy)" }).ClickAsync();
        Stand.World.ZuperSimulator.Screens.Edit(
            ZuperSample.Organizations.Single(o => o.Value.Name == "Harbor Dental Group (copy)").Key,
            o => o["organization_name"] = "Pine Street Bakery"
        );
        await Page.GetByText("Link it").ClickAsync();
        await Page.GetByText("Look in Intacct for what may be it").ClickAsync();
        await Page.GetByLabel("Pine Street Bakery").First.CheckAsync();
        await PressAsync("Link to the chosen one");
        await AssertSeenAsync("The link is stored");
        await ReloadUntilAsync(Page.Locator("h2 + .badge.synced"));
        await AssertSeenAsync("C-1005");
    }

    [Fact]
    public async Task A_person_compares_both_sides_and_takes_the_list_along()
    {
        await SignInAsync();
        await SyncedAsync();
        await Page.GotoAsync($"{Demo}/reconcile");
        await Page.GetByLabel("First day").FillAsync("2020-01-01");
        await PressAsync("Compare");
        await ReloadUntilAsync(Page.Locator("h2:has-text('differ'), h2:has-text('Both sides are equal')"));
        await Page.GotoAsync($"{Demo}/reconcile");
        var csv = await Page.RunAndWaitForDownloadAsync(() =>
            Page.GetByText("As CSV", new() { Exact = true }).ClickAsync()
        );
        Assert.EndsWith(".csv", csv.SuggestedFilename, StringComparison.Ordinal);
        Assert.StartsWith(
            "flow,sourceId,title",
            await File.ReadAllTextAsync(await csv.PathAsync()),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_hostile_name_is_only_text()
    {
        Stand.World.ZuperSimulator.Screens.Edit(
            ZuperSample.Organizations.Keys.First(),
            o => o["organization_name"] = Hostile
        );
        await SignInAsync();
        await SyncedAsync();
        await Page.GotoAsync($"{Demo}/records?q={Uri.EscapeDataString("<script>")}");
        var link = Page.GetByRole(AriaRole.Link, new() { Name = Hostile });
        await Assertions.Expect(link).ToBeVisibleAsync();
        await link.ClickAsync();
        await Assertions.Expect(Page.Locator("h2").First).ToHaveTextAsync(Hostile);
        Assert.NotEqual("taken", await Page.TitleAsync());
        Assert.Equal(0, await Page.Locator("main b, main script").CountAsync());
    }

    private async Task FillAsync(string label, string value) =>
        await Page.Locator($"label:text-matches('^{label}( \\\\(required\\\\))?$') + input").FillAsync(value);
}
