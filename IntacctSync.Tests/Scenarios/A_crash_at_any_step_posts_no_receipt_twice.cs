using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// Payments are taken in Upflow's portal and one is paid back, once for each 25th step at which the process can
/// die; for each one with <c>INTACCTSYNC_TEST_EACH_STEP=1</c>. Each is posted in Intacct once, and comes back no second
/// time.
/// </summary>
public sealed class A_crash_at_any_step_posts_no_receipt_twice
{
    [Fact]
    public Task Whichever_step_is_the_last_one() =>
        CrashStories.AtEveryStepAsync(at => new Story(at), least: 60, stride: 25);

    private sealed class Story(int dieAt) : ReceivablesRoadTest, ICrashStory
    {
        public async Task<int> PlayAsync()
        {
            await ConnectUpflowAsync(s =>
                s with
                {
                    SyncReceipts = true,
                    Receipts = new ReceiptSettings { BankAccountId = "BANK" },
                }
            );
            Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
            Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
            Intacct.Screens.PostInvoice("C-1", "INV-2", 50);
            await PollAsync();
            var crash = new CrashSwitch { At = dieAt };
            await RestartAsync(crash);

            var first = Upflow.Screens.PayInPortal([("INV-1", 6000), ("INV-2", null)], reference: "pi_1");
            await PollUnlessDeadAsync();
            await PollUnlessDeadAsync();
            Upflow.Screens.Refund(first);
            Clock.Advance(TimeSpan.FromHours(2));
            await PollUnlessDeadAsync();
            Upflow.Screens.PayInPortal([("INV-1", null)], reference: "pi_2");
            await PollUnlessDeadAsync();
            await RestartAsync();
            Clock.Advance(TimeSpan.FromHours(2));
            await PollAsync();
            await PollAsync();

            var where = $"died at step {dieAt}: {crash.Where}";
            var posted = string.Join(
                ", ",
                Intacct
                    .Company.Records("ARPYMT")
                    .Select(p => $"{p["DOCNUMBER"]} {p["DISPLAYSTATE"]}")
                    .Order(StringComparer.Ordinal)
            );
            Assert.True(posted == "pi_1 Reversal, pi_1 Reversed, pi_2 Complete", $"{posted}, {where}");
            Assert.Equal(
                (0m, 50m, 2, 0L, 5000L, where),
                (
                    Due("INV-1"),
                    Due("INV-2"),
                    Upflow.Screens.Records("payments").Count,
                    Upflow.Screens.Outstanding("INV-1"),
                    Upflow.Screens.Balance("C-1", "USD"),
                    where
                )
            );
            foreach (var flow in new[] { UpflowFlows.Receipts, UpflowFlows.Payments })
            {
                var page = await Process.Get<RecordQuery>().ListAsync(Id, flow, null, null, null, 200, Forever);
                Assert.All(
                    page.Items,
                    e =>
                        Assert.True(
                            e.State is RecordState.Synced or RecordState.Skipped && e.Intent is null,
                            $"{e.Key}: {e.State} {e.Problem}, {where}"
                        )
                );
            }

            return crash.Steps;
        }

        private decimal Due(string number) =>
            decimal.Parse(
                Intacct.Company.Records("ARINVOICE").Single(i => i["RECORDID"] == number)["TRX_TOTALDUE"],
                CultureInfo.InvariantCulture
            );
    }
}
