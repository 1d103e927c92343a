using IntacctSync.Core.Domain;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// The payment of a cancelled invoice is reversed, once for every other step at which the process can die.
/// </summary>
public class A_crash_at_any_step_ends_no_cancellation
{
    [Fact]
    public Task Whichever_step_is_the_last_one() =>
        CrashStories.AtEveryStepAsync(at => new Story(at), least: 10, stride: 2);

    private sealed class Story(int dieAt) : PaidFirstTest, ICrashStory
    {
        public async Task<int> PlayAsync()
        {
            var (uid, payment) = await PaidAsync();
            Zuper.Screens.SetStatus(uid, "CANCELED");
            Intacct.Screens.ReversePayment(payment);
            var crash = new CrashSwitch { At = dieAt };
            await RestartAsync(crash);
            try
            {
                await PollAsync();
            }
            catch (OperationCanceledException) when (crash.Dead)
            {
                // The next life begins.
            }

            await RestartAsync();
            Clock.Advance(TimeSpan.FromHours(2));
            await PollAsync();
            await SweepZuperAsync();

            var where = $"died at step {dieAt}: {crash.Where}";
            Assert.True(Standing(uid) is [var only] && only == $"-129 SAGE-{payment}", where);
            Assert.True(StatusOf(uid) == "CANCELED", $"{StatusOf(uid)}, {where}");
            Assert.True(Intacct.Company.Records("ARINVOICE")[0]["STATE"] == "Reversed", where);
            var row = await PaymentAsync(payment);
            Assert.True(row is { State: RecordState.Synced, Intent: null }, $"{row.State} {row.Problem}, {where}");
            return crash.Steps;
        }
    }
}
