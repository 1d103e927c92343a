using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// The same story is played once for every third step at which the process can die, before and after each write to the
/// store and each request; for every one with <c>INTACCTSYNC_TEST_EACH_STEP=1</c>.
/// </summary>
public class A_crash_at_any_step_loses_and_doubles_nothing
{
    [Fact]
    public Task Whichever_step_is_the_last_one() =>
        CrashStories.AtEveryStepAsync(at => new Story(at), least: 20, stride: 3);

    private sealed class Story(int dieAt) : RoadTest, ICrashStory
    {
        public async Task<int> PlayAsync()
        {
            Intacct.Company.Add(
                "CUSTOMER",
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["CUSTOMERID"] = "C-1",
                    ["NAME"] = "Old Friend",
                    ["DISPLAYCONTACT.PRINTAS"] = "Old Friend",
                    ["DISPLAYCONTACT.CONTACTNAME"] = "Old Friend main",
                }
            );
            await ConnectAsync(s => s with { IdentifyCustomerBy = IdentifyCustomerBy.Name });
            var crash = new CrashSwitch { At = dieAt };
            await RestartAsync(crash);

            var one = MakeOrganization("Harbor Dental Group");
            var two = MakeOrganization("Quayside Hotels");
            var three = MakeOrganization("Old Friend");
            await LiveOnAsync();
            Zuper.Screens.Edit(one, o => o["organization_name"] = "Harbor Dental & Sons");
            Zuper.Screens.Deactivate(two);
            await LiveOnAsync();
            Clock.Advance(TimeSpan.FromMinutes(10));
            await SweepUnlessDeadAsync();
            await LiveOnAsync();
            await RestartAsync();
            Clock.Advance(TimeSpan.FromMinutes(10));
            await SweepAsync();

            var where = $"died at step {dieAt}: {crash.Where}";
            Assert.True(
                Customers.Count == 3,
                $"{Customers.Count} customers, {where}: "
                    + $"{string.Join("; ", Customers.Select(c => c["CUSTOMERID"] + " " + c["NAME"]))}"
            );
            Assert.Equal(
                ["Harbor Dental & Sons", "Old Friend", "Quayside Hotels"],
                Customers.Select(c => c["NAME"]).Order(StringComparer.Ordinal)
            );
            foreach (var uid in new[] { one, two, three })
            {
                var entry = await EntryAsync(uid);
                Assert.True(entry.State == RecordState.Synced, $"{entry.State} {entry.Problem}, {where}");
                Assert.True(entry.TargetId == SageId(uid), $"{entry.TargetId} is not {SageId(uid)}, {where}");
            }

            Assert.Equal("C-1", SageId(three));
            Assert.Equal("inactive", Customers.Single(c => c["NAME"] == "Quayside Hotels")["STATUS"]);
            Assert.Equal(2, Intacct.Counters.Creates);
            return crash.Steps;
        }

        private async Task SweepUnlessDeadAsync()
        {
            try
            {
                await Process.Get<Poller>().TickAsync(ZuperFlows.OfZuper, Clock.GetUtcNow(), Forever);
            }
            catch (OperationCanceledException) when (Process.Crash.Dead)
            {
                // The next life begins.
            }
        }
    }
}
