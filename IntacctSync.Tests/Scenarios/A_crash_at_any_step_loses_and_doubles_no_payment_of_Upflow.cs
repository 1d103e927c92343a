using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// A payment with a discount and a rest, and a credit memo that is applied, are carried over, changed and taken back,
/// once for each twentieth step at which the process can die; for each one with <c>INTACCTSYNC_TEST_EACH_STEP=1</c>.
/// </summary>
public sealed class A_crash_at_any_step_loses_and_doubles_no_payment_of_Upflow
{
    [Fact]
    public Task Whichever_step_is_the_last_one() =>
        CrashStories.AtEveryStepAsync(at => new Story(at), least: 100, stride: 20);

    private sealed class Story(int dieAt) : ReceivablesRoadTest, ICrashStory
    {
        public async Task<int> PlayAsync()
        {
            await ConnectUpflowAsync();
            Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
            Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
            Intacct.Screens.PostInvoice("C-1", "INV-2", 50);
            await PollAsync();
            var crash = new CrashSwitch { At = dieAt };
            await RestartAsync(crash);

            var memo = Intacct.Screens.PostCreditMemo("C-1", "CM-1", 20);
            var payment = Intacct.Screens.Receive("C-1", [new PaymentRow("INV-1", 60, 5)], total: 75);
            Intacct.Screens.ApplyCreditMemo(memo, [("INV-2", 10m)]);
            await PollUnlessDeadAsync();
            Intacct.Screens.ChangeApplication(payment, "INV-1", 40);
            await PollUnlessDeadAsync();
            Intacct.Screens.ReversePayment(payment);
            Intacct.Screens.Pay("C-1", [("INV-2", 15m)]);
            Clock.Advance(TimeSpan.FromHours(2));
            await PollUnlessDeadAsync();
            await RestartAsync();
            Clock.Advance(TimeSpan.FromHours(2));
            await PollAsync();

            var where = $"died at step {dieAt}: {crash.Where}";
            Assert.Equal(
                (2, 10000L, 2500L, 0L, 1000L, 11500L, where),
                (
                    Upflow.Screens.Records("payments").Count,
                    Upflow.Screens.Outstanding("INV-1"),
                    Upflow.Screens.Outstanding("INV-2"),
                    Unlinked("payments") + Unlinked("refunds"),
                    Unlinked("credit_notes"),
                    Upflow.Screens.Balance("C-1", "USD"),
                    where
                )
            );
            foreach (var flow in new[] { UpflowFlows.CreditNotes, UpflowFlows.Payments })
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

        private long Unlinked(string list) =>
            Upflow.Screens.Records(list).Sum(r => Upflow.Screens.Unlinked(list, r["id"]!.ToString()));
    }
}
