using Microsoft.Playwright;

namespace IntacctSync.Tests.Web.Console;

/// <summary>
/// A real browser: the Chromium or Chrome of this machine, else the one that Playwright brings, which is fetched if it
/// is not there yet.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string HowToGetOne =
        "The tests of the console need Chromium or Chrome, and none was found or fetched. Install one (Debian and "
        + "Ubuntu: apt-get install chromium), or name one in the environment variable CHROMIUM.";

    private static readonly string[] Names =
    [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome.exe",
        "msedge.exe",
    ];

    private IPlaywright _playwright = null!;

    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Browser = await LaunchAsync(Find());
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }

    /// <summary>A window of its own, with cookies of its own.</summary>
    public async Task<IPage> OpenAsync(
        Uri address,
        int width = 1280,
        int height = 800,
        ColorScheme scheme = ColorScheme.Light
    )
    {
        var context = await Browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = address.AbsoluteUri,
                ViewportSize = new ViewportSize { Width = width, Height = height },
                ColorScheme = scheme,
                Locale = "en-US",
            }
        );
        context.SetDefaultTimeout(30_000);
        return await context.NewPageAsync();
    }

    private async Task<IBrowser> LaunchAsync(string? path)
    {
        try
        {
            return await LaunchOnceAsync(path);
        }
        catch (PlaywrightException e) when (path is null)
        {
            if (Microsoft.Playwright.Program.Main(["install", "chromium"]) != 0)
                throw new InvalidOperationException(HowToGetOne, e);
            return await LaunchOnceAsync(null);
        }
    }

    private Task<IBrowser> LaunchOnceAsync(string? path) =>
        _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Headless = true });

    private static string? Find() =>
        Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named
            ? named
            : (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Concat([
                    "/Applications/Google Chrome.app/Contents/MacOS",
                    @"C:\Program Files\Google\Chrome\Application",
                    @"C:\Program Files (x86)\Microsoft\Edge\Application",
                ])
                .SelectMany(folder => Names.Append("Google Chrome").Select(name => Path.Combine(folder, name)))
                .FirstOrDefault(File.Exists);
}

/// <summary>The tests that share one browser.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<Chromium>
{
    public const string Name = "browser";
}
