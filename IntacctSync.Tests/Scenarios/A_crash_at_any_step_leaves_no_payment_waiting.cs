using IntacctSync.Core.Domain;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// An invoice is linked for which a payment waits, once for each third step at which the process can die.
/// </summary>
public class A_crash_at_any_step_leaves_no_payment_waiting
{
    [Fact]
    public Task Whichever_step_is_the_last_one() =>
        CrashStories.AtEveryStepAsync(at => new Story(at), least: 10, stride: 3);

    private sealed class Story(int dieAt) : PaidFirstTest, ICrashStory
    {
        public async Task<int> PlayAsync()
        {
            var payment = await PaidInvoiceAsync(129);
            await PollAsync();
            var uid = MakeInvoice();
            var crash = new CrashSwitch { At = dieAt };
            await RestartAsync(crash);
            try
            {
                await SweepZuperAsync();
            }
            catch (OperationCanceledException) when (crash.Dead)
            {
                // The next life begins.
            }

            await RestartAsync();
            await SweepZuperAsync();
            var where = $"died at step {dieAt}: {crash.Where}";
            Assert.True(
                Standing(uid) is [var only] && only == $"50 SAGE-{payment}",
                $"{string.Join("; ", Standing(uid))}, {where}"
            );
            Assert.True((await PaymentAsync(payment)) is { State: RecordState.Synced, Waits: [] }, where);
            return crash.Steps;
        }
    }
}
