using IntacctSync.Core.Detection;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>Intacct shows a payment by itself and by each of its details; to a person it is one.</summary>
public sealed class A_run_counts_a_payment_once : BooksTest
{
    [Fact]
    public async Task Whether_it_is_new_or_read_again()
    {
        await OpenBooksAsync();
        var (one, first) = await InvoiceAsync(100);
        var (two, second) = await InvoiceAsync(50);
        var payment = Intacct.Screens.Pay(Customer, [(first, 60), (second, 20)]);
        var run = await RunAsync();
        Assert.Equal((RunState.Done, 1, 1, 0), (run.State, run.Found, run.Done, run.Failed));
        Assert.Equal([$"60 SAGE-{payment}"], Standing(one));
        Assert.Equal([$"20 SAGE-{payment}"], Standing(two));

        // Once an hour it is read from further back.
        Clock.Advance(TimeSpan.FromHours(2));
        run = await RunAsync();
        Assert.Equal((RunState.Done, 1, 1, 0), (run.State, run.Found, run.Done, run.Failed));
    }

    private async Task<Run> RunAsync()
    {
        Clock.Advance(TimeSpan.FromMinutes(10));
        var run = await Process.Get<Poller>().RunAsync(await ConnectionAsync(), ZuperFlows.Payments, Forever);
        await RestAsync(TimeSpan.FromMinutes(5));
        return (await Process.Get<RunStore>().GetAsync(Id, run.RunId, Forever))!;
    }
}
