using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class A_payment_of_unknown_fate_stands_once : BooksTest
{
    [Theory]
    [MemberData(nameof(ZuperWriteFaults.All), MemberType = typeof(ZuperWriteFaults))]
    public async Task A_payment_whose_recording_got_no_answer_stands_once(string fault)
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100);
        Zuper.Faults.Add(
            new() { Fault = fault, Match = Fields(("method", "PUT"), ("path", $"/api/invoice/{uid}/status")) }
        );
        var payment = Intacct.Screens.Pay(Customer, [(number, 60)]);
        await PollAsync();
        Assert.Equal([$"60 SAGE-{payment}"], Standing(uid));
        Assert.Equal(
            (RecordState.Synced, $"SAGE-{payment}"),
            ((await PaymentEntryAsync(payment)).State, (await PaymentEntryAsync(payment)).TargetId)
        );
    }

    [Theory]
    [MemberData(nameof(ZuperWriteFaults.All), MemberType = typeof(ZuperWriteFaults))]
    public async Task A_payment_that_is_reversed_while_nobody_knows_whether_it_was_recorded_does_not_stand(string fault)
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100);
        Zuper.Faults.Add(
            new() { Fault = fault, Match = Fields(("method", "PUT"), ("path", $"/api/invoice/{uid}/status")) }
        );
        var payment = Intacct.Screens.Pay(Customer, [(number, 60)]);
        await PollAsync(TimeSpan.FromSeconds(30));
        Intacct.Screens.ReversePayment(payment);
        await PollAsync();
        Assert.Equal(100, Due(uid));
        Assert.True((await PaymentEntryAsync(payment)).State is RecordState.Synced or RecordState.Skipped);
    }

    [Theory]
    [MemberData(nameof(ZuperWriteFaults.All), MemberType = typeof(ZuperWriteFaults))]
    public async Task A_void_that_got_no_answer_is_done_once(string fault)
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100);
        var payment = Intacct.Screens.Pay(Customer, [(number, 60)]);
        await PollAsync();
        Zuper.Faults.Add(
            new()
            {
                Fault = fault,
                Match = Fields(("method", "PUT"), ("route", "/api/payments/transactions/{uid}/void_payment")),
            }
        );
        Intacct.Screens.ReversePayment(payment);
        await PollAsync();
        Assert.Equal([$"-60 SAGE-{payment}"], Standing(uid));
        Assert.Equal(RecordState.Synced, (await PaymentEntryAsync(payment)).State);
    }

    /// <summary>What a person is told of is as much in doubt as before.</summary>
    [Fact]
    public async Task One_that_is_never_answered_keeps_its_write_open_and_nothing_more_is_written_until_a_retry()
    {
        await OpenBooksAsync();
        var (one, two) = (await InvoiceAsync(100), await InvoiceAsync(50));
        Zuper.Faults.Add(
            new()
            {
                Fault = ZuperFaults.ResetBefore,
                Match = Fields(("method", "PUT"), ("path", $"/api/invoice/{one.Uid}/status")),
                Times = 0,
            }
        );
        var payment = Intacct.Screens.Pay(Customer, [(one.Number, 100), (two.Number, 20)]);
        await PollAsync();
        await RestAsync(TimeSpan.FromDays(4));
        var row = await PaymentEntryAsync(payment);
        Assert.Equal((RecordState.NeedsAction, "write-unanswered"), (row.State, row.Problem?.Code));
        Assert.NotNull(row.Intent);
        Assert.Empty(Standing(two.Uid));

        Zuper.Faults.Clear();
        var connection = await ConnectionAsync();
        await Process.Get<PersonRequests>().RetryAsync(connection, ZuperFlows.Payments, row.Key.SourceId, Forever);
        await RestAsync();
        Assert.Equal([$"100 SAGE-{payment}", $"20 SAGE-{payment}"], [.. Standing(one.Uid), .. Standing(two.Uid)]);
    }
}
