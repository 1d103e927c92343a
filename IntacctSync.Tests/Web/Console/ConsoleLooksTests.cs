using System.Globalization;
using Deque.AxeCore.Playwright;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Local.Sandbox;
using IntacctSync.Simulators.Zuper.Sample;
using Microsoft.Playwright;

namespace IntacctSync.Tests.Web.Console;

/// <summary>
/// Each page at two sizes, in light and in dark: nothing is cut, nothing is wider than the screen, no word of ours is
/// broken, and axe finds nothing; so it is over names as nobody wants them, too. The pictures are kept where
/// CONSOLE_PICTURES says.
/// </summary>
public sealed class ConsoleLooksTests(Chromium chromium) : BrowserTest(chromium)
{
    private const int MostBytes = 100 * 1024;

    private const string LongNumber = "INV-0123456789-0123456789-0123456789-";

    private static readonly (int Width, int Height, ColorScheme Scheme)[] Screens =
    [
        (1280, 800, ColorScheme.Light),
        (1280, 800, ColorScheme.Dark),
        (390, 844, ColorScheme.Light),
        (390, 844, ColorScheme.Dark),
    ];

    /// <summary>Long without a blank, from right to left, and one that turns what follows it.</summary>
    private static readonly string[] Unwanted =
    [
        "DonaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaftmbHundCoKGNordwest",
        "شركة الاختبار المحدودة للمقاولات والصيانة العامة والتكييف المركزي والتبريد الصناعي",
        "Evil \u202e gnp.exe & <b>Sons</b>",
    ];

    [Fact(Timeout = 600_000)]
    public async Task Every_page_fits_its_screen_and_axe_finds_nothing()
    {
        await SignInAsync();
        await SyncedAsync();
        Assert.Empty(await LookedAtAsync(await PagesAsync(), Screens, keep: true));
    }

    [Fact(Timeout = 600_000)]
    public async Task Every_page_fits_its_screen_whatever_names_there_are()
    {
        var screens = Stand.World.ZuperSimulator.Screens;
        foreach (var (uid, name) in ZuperSample.Organizations.Keys.Where(k => k != Needs).Zip(Unwanted))
            screens.Edit(uid, o => o["organization_name"] = name);
        screens.Edit(Needs, o => o["organization_name"] = Unwanted[0]);
        foreach (var uid in ZuperSample.Invoices.Keys)
            screens.Edit(uid, i => i["prefix"] = LongNumber);
        for (var i = 0; i < 500; i++)
            Stand.World.IntacctSimulator.Company.Add(
                "GLACCOUNT",
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["ACCOUNTNO"] = (10_000 + i).ToString(CultureInfo.InvariantCulture),
                    ["TITLE"] = $"{Unwanted[0][..60]} {i}",
                    ["ACCOUNTTYPE"] = "incomestatement",
                    ["NORMALBALANCE"] = "credit",
                }
            );
        await SignInAsync();
        await SyncedAsync();
        Assert.Empty(await LookedAtAsync(await PagesAsync(), [Screens[0], Screens[^1]], keep: false));
        await Page.GotoAsync($"{Demo}/records?flow=invoices");
        Assert.Contains(LongNumber, await Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await Page.GotoAsync($"{Demo}/records?q={Unwanted[0][..20]}");
        Assert.Contains(Unwanted[0], await Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<string>> LookedAtAsync(
        IReadOnlyList<(string Name, string Path)> pages,
        IReadOnlyList<(int Width, int Height, ColorScheme Scheme)> screens,
        bool keep
    )
    {
        var wrong = new List<string>();
        foreach (var (width, height, scheme) in screens)
        {
            var page = await Chromium.OpenAsync(Stand.Address, width, height, scheme);
            foreach (var (name, path) in pages)
            {
                if (name == "connections")
                    await SignInAsync(page);
                var where = $"{name} at {width} {scheme}";
                var answer = await page.GotoAsync(path);
                if (answer!.Status != (name == "missing" ? 404 : 200))
                    wrong.Add($"{where}: answered {answer.Status}");
                if (await answer.BodyAsync() is { Length: > MostBytes } body)
                    wrong.Add($"{where}: {body.Length} bytes");
                if (keep && scheme == (width == 1280 ? ColorScheme.Light : ColorScheme.Dark))
                    await KeepAsync(page, $"{name}-{width}{(scheme == ColorScheme.Dark ? "-dark" : "")}");

                // Both sizes and both schemes are looked through; all four of them together would find nothing more.
                if (scheme == (width == 1280 ? ColorScheme.Light : ColorScheme.Dark) && (keep || width < 1280))
                    wrong.AddRange(await FoundByAxeAsync(page, where));
                await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => d.open = true)");
                wrong.AddRange((await TooWideAsync(page)).Select(w => $"{where}: {w}"));
                if (width < 1280)
                    wrong.AddRange((await UnseenAsync(page)).Select(w => $"{where}: {w}"));
            }

            await page.Context.CloseAsync();
        }

        Assert.True(pages.Count > 15);
        return wrong;
    }

    /// <summary>What stands in a column that a small screen leaves out, and nowhere else in its row.</summary>
    private static async Task<IReadOnlyList<string>> UnseenAsync(IPage page) =>
        await page.EvaluateAsync<string[]>(
            """
            () => {
              const plain = text => text.replace(/\s+/g, ' ').trim().toLowerCase();
              return [...document.querySelectorAll('td.wide')]
                .filter(cell => getComputedStyle(cell).display === 'none' && plain(cell.textContent))
                .filter(cell => !plain(cell.parentElement.innerText).includes(plain(cell.textContent)))
                .map(cell => 'not seen: ' + plain(cell.textContent));
            }
            """
        );

    [Fact]
    public async Task No_page_needs_a_script_to_be_read()
    {
        await SignInAsync();
        await SyncedAsync();
        var context = await Chromium.Browser.NewContextAsync(
            new BrowserNewContextOptions { BaseURL = Stand.Address.AbsoluteUri, JavaScriptEnabled = false }
        );
        var page = await context.NewPageAsync();
        await SignInAsync(page);
        foreach (var (_, path) in await PagesAsync())
        {
            await page.GotoAsync(path);
            await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
        }

        await context.CloseAsync();
    }

    private async Task<IReadOnlyList<(string Name, string Path)>> PagesAsync()
    {
        var synced = ZuperSample.Invoices.First().Key;
        var preview = await RunAsync($"{Demo}/settings", "Preview a first sync");
        var comparison = await RunAsync($"{Demo}/reconcile", "Compare");
        var running = await BeginAsync();
        var stopped = await StopAsync();
        return
        [
            ("sign-in", "/console/sign-in"),
            ("connections", "/console"),
            ("connection", Demo),
            ("causes", $"{Demo}/causes"),
            ("records", $"{Demo}/records"),
            ("record-needs", $"{Demo}/records/organizations/{Needs}"),
            ("record-synced", $"{Demo}/records/invoices/{synced}"),
            ("runs", $"{Demo}/runs"),
            ("settings", $"{Demo}/settings"),
            ("lists", $"{Demo}/settings?lists=1"),
            ("webhooks", $"{Demo}/webhooks"),
            ("sides", $"{Demo}/records/invoices/{synced}?now=1"),
            ("candidates", $"{Demo}/records/organizations/{Needs}?candidates=1"),
            ("cause", $"{Demo}/causes?flow=organizations&code=email-invalid"),
            ("no-records", $"{Demo}/records?q=nothing-of-this-name"),
            ("preview", preview),
            ("comparison", comparison),
            ("reconcile", $"{Demo}/reconcile"),
            ("running", running),
            ("stopped", stopped),
            ("upflow-settings", $"{stopped}/settings"),
            ("new", "/console/connections/new"),
            ("missing", "/console/nothing"),
        ];
    }

    /// <summary>A backfill that has come half its way, and stays there.</summary>
    /// <returns>The address of its page.</returns>
    private async Task<string> BeginAsync()
    {
        var demo = ConnectionId.Parse(SandboxAccount.Connection);
        var runs = Stand.Get<RunStore>();
        var run = await runs.StartAsync(
            demo,
            RunKinds.Backfill,
            ZuperFlows.Customers,
            RunReach.Of(null, true),
            CancellationToken.None
        );
        await runs.ChangeAsync(
            demo,
            run.RunId,
            r => r with { Found = 40, Done = 12, Failed = 1, Ahead = 60 },
            CancellationToken.None
        );
        return $"{Demo}/runs/{run.RunId}";
    }

    /// <summary>A connection to Upflow that stands still, as after a refused sign-in.</summary>
    /// <returns>The address of its page.</returns>
    private async Task<string> StopAsync()
    {
        var connection = await Stand.Get<SandboxSetup>().PutUpflowAsync(CancellationToken.None);
        var problem = new Problem("intacct-login-rejected", "Intacct refuses the user.", "Enter its password.");
        await Stand
            .Get<ConnectionStore>()
            .ChangeAsync(
                connection.Id,
                c => c with { Stop = ConnectionStop.First("intacct", problem, TimeProvider.System.GetUtcNow()) },
                CancellationToken.None
            );
        return $"/console/connections/{connection.Id}";
    }

    private static string Needs => ZuperSample.Organizations.Single(o => o.Value.Name == "Evergreen Car Wash").Key;

    /// <summary>Presses a button that leads to a run, and waits for the run's end.</summary>
    /// <returns>The address of its page.</returns>
    private async Task<string> RunAsync(string path, string button)
    {
        await Page.GotoAsync(path);
        await PressAsync(button);
        await ReloadUntilAsync(Page.Locator("h2 + .badge.synced"));
        return new Uri(Page.Url).AbsolutePath;
    }

    private static async Task<IReadOnlyList<string>> TooWideAsync(IPage page) =>
        await page.EvaluateAsync<string[]>(
            """
            () => {
              const out = [];
              const wide = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth > wide) out.push(`the page is ${document.documentElement.scrollWidth} wide`);
              for (const e of document.querySelectorAll('main *')) {
                const r = e.getBoundingClientRect();
                if (r.width > 1 && (r.right > wide + 1 || r.left < -1) && !e.closest('.sr, thead'))
                  out.push(`${e.tagName} ${e.className}: ${r.left} to ${r.right}`);
                if (e.matches('td, th, h1, h2, h3, button, a, .badge') && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline' && !e.closest('thead'))
                  out.push(`${e.tagName} '${e.textContent.trim().slice(0, 40)}' is cut`);
              }
              for (const cell of document.querySelectorAll('main :is(td, th, dt, p, label, button)')) {
                const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
                for (let node = walk.nextNode(); node; node = walk.nextNode())
                  for (const word of node.textContent.matchAll(/(?<![\w-])[A-Za-z]{2,13}(?![\w-])/g)) {
                    const range = document.createRange();
                    range.setStart(node, word.index);
                    range.setEnd(node, word.index + word[0].length);
                    if (new Set([...range.getClientRects()].map(r => Math.round(r.top))).size > 1)
                      out.push(`the word '${word[0]}' is broken`);
                  }
              }
              return out;
            }
            """
        );

    private static async Task<IEnumerable<string>> FoundByAxeAsync(IPage page, string where)
    {
        var result = await page.RunAxe();
        return result.Violations.Select(v =>
            $"{where}: {v.Id}, {v.Help}: {string.Join("; ", v.Nodes.Select(n => n.Html).Take(3))}"
        );
    }

    private static async Task KeepAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("CONSOLE_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(
                new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = true }
            );
    }
}
