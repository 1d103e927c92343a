using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// No poll reads a payment that is older than the connection. It is looked for when its invoice is linked: else Zuper
/// would ask for money that Intacct has.
/// </summary>
public class Payments_from_before_the_connection : PaidFirstTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task That_of_an_invoice_that_is_adopted_is_recorded(bool bySageId)
    {
        var payment = await PaidInvoiceAsync(129);
        var uid = MakeInvoice(i =>
        {
            if (bySageId)
                i["custom_fields"] = new JsonArray(Field("Sage Invoice ID", RecordNo));
        });
        await SweepZuperAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal([$"50 SAGE-{payment}"], Standing(uid));
        Assert.Equal(RecordState.Synced, (await PaymentAsync(payment)).State);
    }

    [Fact]
    public async Task That_of_an_invoice_that_a_person_links_is_recorded()
    {
        var payment = await PaidInvoiceAsync(200);
        var uid = MakeInvoice();
        await SweepZuperAsync();
        await AssertNeedsAsync(uid, "number-taken");

        var connection = await ConnectionAsync();
        await Process.Get<PersonRequests>().LinkAsync(connection, ZuperFlows.Invoices, uid, RecordNo, Forever);
        await RestAsync();
        Assert.Equal([$"50 SAGE-{payment}"], Standing(uid));
    }

    [Fact]
    public async Task Nothing_is_asked_for_an_invoice_without_payments_and_where_payments_are_not_synced()
    {
        var payment = await PaidInvoiceAsync(129);
        await SettingsAsync(s => s with { SyncPayments = false });
        var uid = MakeInvoice();
        await SweepZuperAsync();
        await AssertSyncedAsync(uid);
        Assert.Empty(Standing(uid));
        Assert.Null(await PaymentAsync(payment));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Those_of_an_invoice_that_was_adopted_while_payments_were_off_are_recorded_once_they_are_on(
        bool linkedByHand
    )
    {
        var payment = await PaidInvoiceAsync(linkedByHand ? 200 : 129);
        await SettingsAsync(s => s with { SyncPayments = false });
        var uid = MakeInvoice();
        await SweepZuperAsync();
        if (linkedByHand)
        {
            var connection = await ConnectionAsync();
            await Process.Get<PersonRequests>().LinkAsync(connection, ZuperFlows.Invoices, uid, RecordNo, Forever);
            await RestAsync();
        }

        // While they are off nothing is on the queue, however often the timer ticks.
        await TickAsync();
        Assert.Null(await Process.Queue.NextDueAsync(Forever));
        Assert.Null(await PaymentAsync(payment));

        await SettingsAsync(s => s with { SyncPayments = true });
        await TickAsync();
        await TickAsync();
        Assert.Equal([$"50 SAGE-{payment}"], Standing(uid));
        Assert.Equal(1, await CatchUpsAsync());
    }

    [Fact]
    public async Task Each_time_that_payments_are_switched_on_they_are_looked_for_once_and_recorded_once()
    {
        var payment = await PaidInvoiceAsync(129);
        await SettingsAsync(s => s with { SyncPayments = false });
        var uid = MakeInvoice();
        await SweepZuperAsync();
        for (var time = 1; time <= 2; time++)
        {
            await SettingsAsync(s => s with { SyncPayments = true });

            // The process ends before anything was begun, and the settings are not put again.
            await RestartAsync();
            await TickAsync();
            Assert.Equal(time, await CatchUpsAsync());
            Assert.Equal([$"50 SAGE-{payment}"], Standing(uid));
            await SettingsAsync(s => s with { SyncPayments = false });
            await TickAsync();
        }

        Assert.Null(await Process.Queue.NextDueAsync(Forever));
    }

    [Fact]
    public async Task A_process_that_ends_before_the_look_is_noted_looks_again_and_records_once()
    {
        var payment = await PaidInvoiceAsync(129);
        await SettingsAsync(s => s with { SyncPayments = false });
        var uid = MakeInvoice();
        await SweepZuperAsync();
        await SettingsAsync(s => s with { SyncPayments = true });
        var unnoted = await ConnectionAsync();
        await Process.Get<FlowCatchUp>().BeginAsync(unnoted, Forever);
        await Process.Get<FlowCatchUp>().BeginAsync(unnoted, Forever);
        await RestAsync();
        Assert.Equal(2, await CatchUpsAsync());
        Assert.Equal([$"50 SAGE-{payment}"], Standing(uid));
    }

    [Fact]
    public async Task Nothing_is_looked_for_where_payments_were_never_off_or_nothing_is_written()
    {
        await PaidInvoiceAsync(129);
        MakeInvoice();
        await SweepZuperAsync();
        await TickAsync();
        await SettingsAsync(s => s with { SyncPayments = false });
        await SettingsAsync(s => s with { SyncPayments = true, Mode = SyncMode.Shadow });
        await TickAsync();
        Assert.Equal(0, await CatchUpsAsync());
    }

    /// <summary>A tick at which no feed is due.</summary>
    private async Task TickAsync()
    {
        Clock.Advance(TimeSpan.FromMinutes(5));
        await Process.Get<Poller>().TickAsync([], Clock.GetUtcNow(), Forever);
        await RestAsync();
    }

    private async Task<int> CatchUpsAsync() =>
        (await Process.Get<RunStore>().ListAsync(Id, Forever)).Count(r =>
            r is { Kind: RunKinds.Backfill, State: RunState.Done } && r.Flow == ZuperFlows.Payments
        );

    private string RecordNo => Intacct.Screens.InvoiceNo(Number).ToString(CultureInfo.InvariantCulture);
}
