using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>The same story of invoices is played once for every third step at which the process can die.</summary>
public class A_crash_at_any_step_doubles_and_loses_no_invoice
{
    [Fact]
    public Task Whichever_step_is_the_last_one() =>
        CrashStories.AtEveryStepAsync(at => new Story(at), least: 20, stride: 3);

    private sealed class Story(int dieAt) : InvoiceRoadTest, ICrashStory
    {
        public async Task<int> PlayAsync()
        {
            await BooksAsync(s => WithInvoice(s, i => i with { Recreate = true }));
            var crash = new CrashSwitch { At = dieAt };
            await RestartAsync(crash);

            var changed = MakeInvoice(Line("Tune-up", 2, 120));
            var ended = MakeInvoice();
            var replaced = MakeInvoice(Line("Tune-up", 2, 120), Line("Filter", 3, 18.25m));
            await LiveOnAsync(sweep: true);
            EditLines(changed, lines => lines.Add(Line("Trip", 1, 45)));
            Zuper.Screens.SetStatus(ended, "CANCELED");
            EditLines(replaced, lines => lines.RemoveAt(1));
            await LiveOnAsync(sweep: true);
            await RestartAsync();
            Clock.Advance(TimeSpan.FromMinutes(10));
            await SweepAsync();

            var where = $"died at step {dieAt}: {crash.Where}";
            var states = string.Join(", ", Invoices.Select(i => i["STATE"]).Order(StringComparer.Ordinal));
            Assert.True(states == "Posted, Posted, Reversal, Reversal, Reversed, Reversed", $"{states}, {where}");
            foreach (var uid in new[] { changed, ended, replaced })
                await AssertSyncedAsync(uid);
            Assert.Equal(["240", "45"], Amounts(changed));
            Assert.Equal(["240"], Amounts(replaced));
            Assert.True(
                Booked(replaced)["RECORDID"].EndsWith("-2", StringComparison.Ordinal),
                $"{Booked(replaced)["RECORDID"]}, {where}"
            );
            Assert.Equal("Reversed", Booked(ended)["STATE"]);
            return crash.Steps;
        }
    }
}
