using IntacctSync.Local.Sandbox;
using Microsoft.Playwright;

namespace IntacctSync.Tests.Web.Console;

/// <summary>The console as a person uses it: a browser, the whole host, and the simulators.</summary>
[Collection(BrowserCollection.Name)]
public abstract class BrowserTest(Chromium chromium) : IAsyncLifetime
{
    /// <summary>
    /// How often a page is loaded again until it shows what is waited for, a quarter of a second apart.
    /// </summary>
    private const int MostLooks = 160;

    private const float BetweenLooks = 250;

    protected const string Demo = "/console/connections/" + SandboxAccount.Connection;

    private protected ConsoleStand Stand { get; private set; } = null!;

    protected IPage Page { get; private set; } = null!;

    protected Chromium Chromium => chromium;

    public async Task InitializeAsync()
    {
        Stand = await ConsoleStand.StartAsync();
        Page = await chromium.OpenAsync(Stand.Address);
    }

    public async Task DisposeAsync()
    {
        await Page.Context.CloseAsync();
        await Stand.DisposeAsync();
    }

    protected Task SignInAsync() => SignInAsync(Page);

    protected static async Task SignInAsync(IPage page)
    {
        await page.GotoAsync("/");
        await page.GetByLabel("Admin key").FillAsync(ConsoleStand.Key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Connections" })).ToBeVisibleAsync();
    }

    /// <summary>Loads the page again and again until it shows this.</summary>
    protected async Task ReloadUntilAsync(ILocator shown)
    {
        for (var look = 0; look < MostLooks; look++)
        {
            if (await shown.CountAsync() > 0)
                return;
            await Page.WaitForTimeoutAsync(BetweenLooks);
            await Page.ReloadAsync();
        }

        Assert.Fail($"The page never showed {shown}: {await Page.InnerTextAsync("main")}");
    }

    protected async Task SyncedAsync()
    {
        await Stand.ConnectAsync();
        await Page.GotoAsync($"{Demo}/runs");
        await ReloadUntilAsync(Page.Locator("table:not(:has(.badge.pending)) td:has-text('Payments')"));
    }

    protected Task PressAsync(string button) =>
        Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();

    protected Task AssertSeenAsync(string text) => Assertions.Expect(Page.GetByText(text).First).ToBeVisibleAsync();
}
