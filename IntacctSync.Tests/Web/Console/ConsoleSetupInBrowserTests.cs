using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Local.Sandbox;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Intacct.Gateway;
using Microsoft.Playwright;

namespace IntacctSync.Tests.Web.Console;

public sealed class ConsoleSetupInBrowserTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task Values_are_chosen_from_the_lists_of_both_systems()
    {
        await SignInAsync();
        await SyncedAsync();
        await Page.GotoAsync($"{Demo}/settings");
        await Page.GetByText("Read the lists").ClickAsync();
        await AssertSeenAsync("Read them again");
        Assert.Equal(
            "Service Revenue",
            await Page.Locator("datalist#list-accounts option[value='4000']").TextContentAsync()
        );
        Assert.Equal(
            "list-accounts",
            await Page.Locator("input[name='invoice.tax.glAccountNo']").GetAttributeAsync("list")
        );
        Assert.Equal(1, await Page.Locator("datalist#list-locations option[value='100']").CountAsync());

        var categories = Page.Locator("select[name='defaultProductCategoryUid']");
        var other = await categories
            .Locator("option:not([value='']):not([selected])")
            .First.EvaluateAsync<string>("o => o.textContent");
        await categories.SelectOptionAsync(new SelectOptionValue { Label = other });
        await Page.Locator("summary:has-text('Further settings')").Last.ClickAsync();
        await Page.GetByLabel("Product categories, name 1").FillAsync("Services");
        await Page.GetByLabel("Product categories, value 1").SelectOptionAsync(new SelectOptionValue { Label = other });
        await Page.GetByRole(AriaRole.Button, new() { Name = "Store the settings" }).ClickAsync();
        await AssertSeenAsync("The settings are stored.");
        var stored = (await Stand.Get<ConnectionStore>().GetAsync(Id, CancellationToken.None))!.Settings.Zuper();
        Assert.Equal(stored.DefaultProductCategoryUid, stored.ProductCategories["Services"]);
        Assert.True(Guid.TryParse(stored.DefaultProductCategoryUid, out _));
    }

    [Fact]
    public async Task A_new_connection_is_chosen_from_the_lists_before_anything_is_synced()
    {
        await SignInAsync();
        await Page.GotoAsync("/console/connections/new");
        await Page.GetByLabel("Name of this connection").FillAsync("fresh");
        foreach (
            var (field, value) in new[]
            {
                ("intacct.senderId", "sandbox-sender"),
                ("intacct.senderPassword", "sandbox-sender-password"),
                ("intacct.companyId", "sandbox"),
                ("intacct.userId", "sandbox-user"),
                ("intacct.userPassword", "sandbox-user-password"),
                ("zuper.companyName", "sandbox"),
                ("zuper.apiKey", SandboxAccount.ZuperKey),
            }
        )
            await Page.Locator($"[name='{field}']").FillAsync(value);
        await PressAsync("Read the lists to choose from");
        await AssertSeenAsync("Nothing is synced yet.");
        await Page.Locator("select[name='defaultProductCategoryUid']")
            .SelectOptionAsync(new SelectOptionValue { Label = "Parts" });
        await Page.Locator("input[name='defaultPaymentModeUid.written']").FillAsync(OtherMode);
        await Page.Locator("[name='invoice.glAccountNo']").FillAsync("4000");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Store the settings" }).ClickAsync();
        await AssertSeenAsync("The settings are stored.");
        var stored = (
            await Stand.Get<ConnectionStore>().GetAsync(ConnectionId.Parse("fresh"), CancellationToken.None)
        )!;
        Assert.False(stored.Active);
        Assert.Equal(OtherMode, stored.Settings.Zuper().DefaultPaymentModeUid);
        Assert.Equal(
            "as it is set now; not seen lately",
            await Page.Locator("select[name='defaultPaymentModeUid'] option[selected]").TextContentAsync()
        );
        Assert.DoesNotContain(OtherMode, await Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_can_not_be_read_leaves_its_fields_to_be_written()
    {
        await SignInAsync();
        await Stand.ConnectAsync();
        Stand.World.IntacctSimulator.Faults.Add(
            new FaultRule { Fault = IntacctFaults.WrongPassword, Times = int.MaxValue }
        );
        await Page.GotoAsync($"{Demo}/settings?lists=1");
        await AssertSeenAsync("can't be chosen, only written");
        await Assertions.Expect(Page.Locator("input[name='invoice.glAccountNo']")).ToBeEditableAsync();
    }

    [Fact]
    public async Task Webhooks_are_registered_and_removed_by_one_button_each()
    {
        await SignInAsync();
        await Stand.ConnectAsync();
        await Page.GotoAsync($"{Demo}/webhooks");
        await PressAsync("Register what is missing");
        await AssertSeenAsync("webhooks were registered.");
        await Assertions.Expect(Page.Locator("tr:has-text('Invoice update')")).ToHaveCountAsync(1);
        await PressAsync("Register what is missing");
        await AssertSeenAsync("All of them were there already.");
        await PressAsync("Remove all that lead here");
        await AssertSeenAsync("removed. Changes are found by looking for them.");
        await AssertSeenAsync("None leads here.");
    }

    [Fact]
    public async Task A_record_leads_to_its_pages_in_both_systems()
    {
        await SignInAsync();
        await SyncedAsync();
        await Page.GotoAsync($"{Demo}/records?q=INV-2001");
        await Page.GetByRole(AriaRole.Link, new() { Name = "INV-2001" }).First.ClickAsync();
        Assert.StartsWith(
            "https://web.zuperpro.com/invoices/",
            await Page.GetByText("Open in Zuper").GetAttributeAsync("href"),
            StringComparison.Ordinal
        );
        var asked = await Page.GetByText("Open in Intacct").GetAttributeAsync("href");
        var answer = await Page.APIRequest.GetAsync(
            new Uri(Stand.Address, asked).AbsoluteUri,
            new APIRequestContextOptions { MaxRedirects = 0 }
        );
        Assert.Equal(303, answer.Status);
        Assert.StartsWith(
            "https://www.intacct.com/ia/acct/ur.phtml?.r=",
            answer.Headers["location"],
            StringComparison.Ordinal
        );
    }

    /// <summary>A payment mode that no recent payment has.</summary>
    private const string OtherMode = "3c77a1d0-52f4-4c0b-9d15-6f0c1f7be1ff";

    private static ConnectionId Id => ConnectionId.Parse(SandboxAccount.Connection);
}
