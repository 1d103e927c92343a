using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Simulators.Zuper.Sample;
using Microsoft.Playwright;

namespace IntacctSync.Tests.Web.Console;

/// <summary>Whoever has no mouse does all of it by Tab, Enter and Space, and sees where they are.</summary>
public sealed class ConsoleByKeyboardTests(Chromium chromium) : BrowserTest(chromium)
{
    private const int MostPresses = 120;

    [Fact]
    public async Task Signing_in_and_retrying_everything_need_no_mouse()
    {
        await Page.GotoAsync("/console");
        await TabToAsync("Admin key");
        await Page.Keyboard.TypeAsync(ConsoleStand.Key);
        await Page.Keyboard.PressAsync("Enter");
        await AssertSeenAsync("Nothing is connected yet");
        await SyncedAsync();
        await Page.GotoAsync($"{Demo}/causes");
        await Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(Page.GetByText("To the content")).ToBeFocusedAsync();
        await TabToAsync("Retry everything");
        await Page.Keyboard.PressAsync("Enter");
        await AssertSeenAsync("being retried.");
    }

    [Fact]
    public async Task Ignoring_with_a_reason_and_linking_to_a_candidate_need_no_mouse()
    {
        await SignInAsync();
        await SyncedAsync();
        await Page.GotoAsync($"{Demo}/causes");
        await TabToAsync("Ignore Evergreen Car Wash");
        await Page.Keyboard.PressAsync("Enter");
        await TabToAsync("Why? It stands in the story");
        await Page.Keyboard.TypeAsync("it was closed");
        await Page.Keyboard.PressAsync("Enter");
        await AssertSeenAsync("The record is ignored from now on.");

        await Page.GotoAsync($"{Demo}/records/organizations/{CopyWithCandidates()}");
        await TabToAsync("Link it");
        await Page.Keyboard.PressAsync("Enter");
        await TabToAsync("Look in Intacct for what may be it");
        await Page.Keyboard.PressAsync("Enter");
        await AssertSeenAsync("Which of these in Intacct is it?");
        await TabToAsync("a candidate", "type", "radio");
        await Page.Keyboard.PressAsync("Space");
        await TabToAsync("Link to the chosen one");
        await Page.Keyboard.PressAsync("Enter");
        await AssertSeenAsync("The link is stored");
    }

    [Fact]
    public async Task Starting_a_backfill_and_cancelling_it_need_no_mouse()
    {
        Stand.World.ZuperSimulator.Screens.Import(
            ZuperModules.Organization,
            Enumerable.Range(0, 1_500).Select(i => new JsonObject { ["organization_name"] = $"Organization {i}" })
        );
        await SignInAsync();
        await Stand.Get<IntacctSync.Local.Sandbox.SandboxSetup>().PutConnectionAsync(CancellationToken.None);
        Stand.World.IntacctSimulator.Options.Latency = Latency.OfMilliseconds(500);
        await Page.GotoAsync($"{Demo}/runs");
        await TabToAsync("Start the backfill");
        await Page.Keyboard.PressAsync("Enter");
        await AssertSeenAsync("It has begun.");
        await TabToAsync("Cancel Backfill: organizations");
        await Page.Keyboard.PressAsync("Enter");
        await AssertSeenAsync("Cancelled: nothing more is looked for");
    }

    [Fact]
    public async Task All_that_can_be_pressed_or_filled_in_is_reached_by_Tab_and_shows_its_focus()
    {
        await SignInAsync();
        await SyncedAsync();
        var copy = CopyWithCandidates();
        foreach (
            var path in new[]
            {
                "/console",
                "/console/connections/new",
                Demo,
                $"{Demo}/causes",
                $"{Demo}/records",
                $"{Demo}/records/organizations/{copy}?candidates=1",
                $"{Demo}/runs",
                $"{Demo}/reconcile",
                $"{Demo}/settings",
                $"{Demo}/webhooks",
            }
        )
        {
            await Page.GotoAsync(path);
            Assert.Equal(
                path.EndsWith("candidates=1", StringComparison.Ordinal),
                await Page.Locator("input[name=targetId][type=radio]").CountAsync() > 0
            );
            await FocusEachAsync();
            Assert.Empty(await UnreachedAsync());
        }
    }

    /// <summary>A record of which there are candidates to choose from.</summary>
    private string CopyWithCandidates()
    {
        var copy = ZuperSample.Organizations.Single(o => o.Value.Name == "Harbor Dental Group (copy)").Key;
        Stand.World.ZuperSimulator.Screens.Edit(copy, o => o["organization_name"] = "Pine Street Bakery");
        return copy;
    }

    private async Task FocusEachAsync()
    {
        for (var presses = 0; presses < MostPresses * 10; presses++)
        {
            if (!await FocusNextAsync())
                return;
        }

        Assert.Fail($"The keyboard does not come round in {Page.Url}.");
    }

    /// <summary>Goes to what comes next, and marks it; false once it begins anew.</summary>
    private async Task<bool> FocusNextAsync()
    {
        await Page.Keyboard.PressAsync("Tab");
        return await Page.EvaluateAsync<bool>(
            """
            () => {
              const e = document.activeElement;
              if (!e || e === document.body) return false;
              if (e === window.before) return true; // A date has a stop for each of its parts.
              window.before = e;
              if (e.dataset.reached) return false;
              const style = getComputedStyle(e);
              e.dataset.reached = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 ? 'yes' : 'unseen';
              return true;
            }
            """
        );
    }

    private Task<string[]> UnreachedAsync() =>
        Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
              .filter(e => e.checkVisibility() && !e.disabled && e.type !== 'hidden' && e.dataset.reached !== 'yes')
              .filter(e => e.type !== 'radio'
                || !document.querySelector(`[type=radio][name=${e.name}][data-reached=yes]`))
              .map(e => `${location.pathname}: ${e.outerHTML.slice(0, 120)} ${e.dataset.reached ?? 'not reached'}`)
            """
        );

    private Task TabToAsync(string name) => TabToAsync(name, "name", name);

    /// <summary>Presses Tab until this has the focus; each stop shows that it has the focus.</summary>
    private async Task TabToAsync(string what, string member, string value)
    {
        for (var presses = 0; presses < MostPresses; presses++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await FocusedAsync() is not { ValueKind: JsonValueKind.Object } focused)
                continue;
            Assert.NotEqual("none", focused.GetProperty("outline").GetString());
            if (focused.GetProperty(member).EnumerateArray().Any(v => v.GetString() == value))
                return;
        }

        Assert.Fail($"The keyboard does not reach {what}: {await Page.InnerTextAsync("main")}");
    }

    /// <summary>What has the focus; null where nothing has, as on a page that is just being read anew.</summary>
    private async Task<JsonElement?> FocusedAsync()
    {
        try
        {
            return await Page.EvaluateAsync(
                """
                () => {
                  const e = document.querySelector(':focus-visible');
                  return e && {
                    outline: getComputedStyle(e).outlineStyle,
                    name: [e.ariaLabel, (e.labels?.[0] ?? e).textContent.trim()],
                    type: [e.type],
                  };
                }
                """
            );
        }
        catch (PlaywrightException)
        {
            return null;
        }
    }
}
