using Deque.AxeCore.Playwright;
using IntacctSync.Simulators.Zuper.Sample;
using Microsoft.Playwright;

namespace IntacctSync.Tests.Web.Console;

/// <summary>
/// Each page at two sizes, the wide one in light and the narrow one in dark: nothing is cut, nothing is wider than the
/// screen, and axe finds nothing. The pictures are kept where CONSOLE_PICTURES says.
/// </summary>
public sealed class ConsoleLooksTests(Chromium chromium) : BrowserTest(chromium)
{
    private const int MostBytes = 100 * 1024;

    [Fact]
    public async Task Every_page_fits_its_screen_and_axe_finds_nothing()
    {
        await SignInAsync();
        await SyncedAsync();
        var pages = await PagesAsync();
        var wrong = new List<string>();
        foreach (var (width, height, scheme) in new[] { (1280, 800, ColorScheme.Light), (390, 844, ColorScheme.Dark) })
        {
            var page = await Chromium.OpenAsync(Stand.Address, width, height, scheme);
            foreach (var (name, path) in pages)
            {
                if (name == "connections")
                    await SignInAsync(page);
                var answer = await page.GotoAsync(path);
                if (answer!.Status != (name == "missing" ? 404 : 200))
                    wrong.Add($"{name} at {width}: answered {answer.Status}");
                if (await answer.BodyAsync() is { Length: > MostBytes } body)
                    wrong.Add($"{name} at {width}: {body.Length} bytes");
                await KeepAsync(page, $"{name}-{width}{(scheme == ColorScheme.Dark ? "-dark" : "")}");
                wrong.AddRange((await TooWideAsync(page)).Select(w => $"{name} at {width}: {w}"));
                wrong.AddRange(await FoundByAxeAsync(page, $"{name} at {width} {scheme}"));
            }

            await page.Context.CloseAsync();
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.True(pages.Count > 8);
    }

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
        var needs = ZuperSample.Organizations.Single(o => o.Value.Name == "Evergreen Car Wash").Key;
        var synced = ZuperSample.Invoices.First().Key;
        await Page.GotoAsync($"{Demo}/causes");
        return
        [
            ("sign-in", "/console/sign-in"),
            ("connections", "/console"),
            ("connection", Demo),
            ("causes", $"{Demo}/causes"),
            ("records", $"{Demo}/records"),
            ("record-needs", $"{Demo}/records/organizations/{needs}"),
            ("record-synced", $"{Demo}/records/invoices/{synced}"),
            ("runs", $"{Demo}/runs"),
            ("settings", $"{Demo}/settings"),
            ("lists", $"{Demo}/settings?lists=1"),
            ("webhooks", $"{Demo}/webhooks"),
            ("sides", $"{Demo}/records/invoices/{synced}?now=1"),
            ("reconcile", $"{Demo}/reconcile"),
            ("new", "/console/connections/new"),
            ("missing", "/console/nothing"),
        ];
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
