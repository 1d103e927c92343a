using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// An item is made, a payment is received and another one reversed, once for every fourth step at which the process
/// can die.
/// </summary>
public class A_crash_at_any_step_pays_nothing_twice
{
    [Fact]
    public Task Whichever_step_is_the_last_one() =>
        CrashStories.AtEveryStepAsync(at => new Story(at), least: 30, stride: 4);

    private sealed class Story(int dieAt) : BooksTest, ICrashStory
    {
        public async Task<int> PlayAsync()
        {
            await OpenBooksAsync();
            var (one, two) = (await InvoiceAsync(100), await InvoiceAsync(50));
            var crash = new CrashSwitch { At = dieAt };
            await RestartAsync(crash);

            AddItem("FLT-16");
            var paid = Intacct.Screens.Pay(Customer, [(one.Number, 70), (two.Number, 20)]);
            await PollUnlessDeadAsync();
            Intacct.Screens.ReversePayment(paid);
            EditItem("FLT-16", ("BASEPRICE", "30"));
            await PollUnlessDeadAsync();
            var again = Intacct.Screens.Pay(Customer, [(one.Number, 100)]);
            await PollUnlessDeadAsync();
            await RestartAsync();
            Clock.Advance(TimeSpan.FromHours(2));
            await PollAsync();

            var where = $"died at step {dieAt}: {crash.Where}";
            Assert.True(Products.Count == 1, $"{Products.Count} products, {where}");
            Assert.Equal("30.0000", Products[0]["price"]!.ToString());
            Assert.True(
                Standing(one.Uid).Count(p => p[0] != '-') == 1 && Standing(one.Uid)[^1] == $"100 SAGE-{again}",
                $"{string.Join("; ", Standing(one.Uid))}, {where}"
            );
            Assert.True(Standing(two.Uid).All(p => p[0] == '-'), $"{string.Join("; ", Standing(two.Uid))}, {where}");
            Assert.True(
                Standing(one.Uid).Count <= 2 && Standing(two.Uid).Count <= 1,
                $"{string.Join("; ", Standing(one.Uid).Concat(Standing(two.Uid)))}, {where}"
            );
            foreach (
                var (flow, id) in new[]
                {
                    (ZuperFlows.Products, "FLT-16"),
                    (ZuperFlows.Payments, Text(paid)),
                    (ZuperFlows.Payments, Text(again)),
                }
            )
            {
                var entry = await Process.Get<KeyMapStore>().GetAsync(new SyncKey(Id, flow, id), Forever);
                Assert.True(
                    entry?.State is RecordState.Synced or RecordState.Skipped && entry.Intent is null,
                    $"{flow} {id}: {entry?.State} {entry?.Problem}, {where}"
                );
            }

            return crash.Steps;
        }

        private static string Text(int recordNo) => recordNo.ToString(CultureInfo.InvariantCulture);

        /// <summary>A timer's tick; when the process dies of it, the next tick finds another process.</summary>
        private async Task PollUnlessDeadAsync()
        {
            var lived = !Process.Crash.Dead;
            try
            {
                await PollAsync();
            }
            catch (OperationCanceledException) when (Process.Crash.Dead)
            {
                // The next life begins.
            }

            if (!lived || !Process.Crash.Dead)
                return;
            await RestartAsync();
            await PollAsync();
        }
    }
}
