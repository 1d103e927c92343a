using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// Customers and invoices are made, changed and taken back, once for each eighth step at which the process can die; for
/// each one with <c>INTACCTSYNC_TEST_EACH_STEP=1</c>, which takes minutes.
/// </summary>
public class A_crash_at_any_step_loses_and_doubles_no_invoice_of_Upflow
{
    [Fact]
    public Task Whichever_step_is_the_last_one() =>
        CrashStories.AtEveryStepAsync(at => new Story(at), least: 30, stride: 8);

    private sealed class Story(int dieAt) : ReceivablesRoadTest, ICrashStory
    {
        public async Task<int> PlayAsync()
        {
            await ConnectUpflowAsync();
            var crash = new CrashSwitch { At = dieAt };
            await RestartAsync(crash);

            Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
            Intacct.Screens.AddCustomer("C-2", "North", "AP@harbor.example", "C-1");
            var one = Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
            var two = Intacct.Screens.PostInvoice("C-2", "INV-2", 50);
            await PollUnlessDeadAsync();
            Intacct.Screens.EditInvoiceLine("INV-1", 1, 80);
            Intacct.Screens.SetEmail("Harbor(CC-1)", "new@harbor.example");
            Intacct.Screens.DeleteInvoice("INV-2");
            Clock.Advance(TimeSpan.FromHours(2));
            await PollUnlessDeadAsync();
            await RestartAsync();
            Clock.Advance(TimeSpan.FromHours(2));
            await PollAsync();

            var where = $"died at step {dieAt}: {crash.Where}";
            Assert.True(Upflow.Screens.Records("customers").Count == 2, where);
            Assert.True(Upflow.Screens.Records("invoices").Count == 1, where);
            Assert.True((long)Invoice(one)["grossAmount"]! == 8000, where);
            Assert.True(ParentOf("C-2") == "C-1", where);
            Assert.True(Emails("C-1") is ["new@harbor.example*"], $"{string.Join(", ", Emails("C-1"))}, {where}");
            Assert.True(Emails("C-2") is ["AP@harbor.example*"], $"{string.Join(", ", Emails("C-2"))}, {where}");
            foreach (
                var (flow, id) in new[]
                {
                    (UpflowFlows.Customers, "C-1"),
                    (UpflowFlows.Customers, "C-2"),
                    (UpflowFlows.Invoices, Text(one)),
                    (UpflowFlows.Invoices, Text(two)),
                }
            )
            {
                var entry = await RowAsync(flow, id);
                Assert.True(
                    entry.State is RecordState.Synced or RecordState.Skipped && entry.Intent is null,
                    $"{flow} {id}: {entry.State} {entry.Problem}, {where}"
                );
            }

            return crash.Steps;
        }
    }
}
