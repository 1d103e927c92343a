using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>A road on which an invoice is paid in Intacct before it is known to be one of Zuper's.</summary>
public abstract class PaidFirstTest : InvoiceRoadTest
{
    internal const string Number = "INV-2001";

    /// <returns>The RECORDNO of a payment of 50 on an invoice that stands in Intacct alone.</returns>
    internal async Task<int> PaidInvoiceAsync(decimal amount, DateOnly? paidOn = null)
    {
        await OpenAsync();
        var customer = SageId(Organization)!;
        var fields = new InvoiceFields
        {
            CustomerId = customer,
            Date = new DateOnly(2026, 3, 2),
            DueDate = new DateOnly(2026, 4, 1),
            InvoiceNo = Number,
            Lines = [new InvoiceLine { GlAccountNo = "4000", Amount = amount }],
        };
        var connection = await ConnectionAsync();
        var credentials = await Process.Get<ConnectionAccessSource>().GetIntacctAsync(connection, Forever);
        var sent = await Process
            .Get<IntacctClient>()
            .SendAsync(
                credentials,
                [InvoiceRequests.Create(new ControlId("by-hand-1"), fields)],
                uniqueId: true,
                Forever
            );
        Assert.NotNull(Assert.Single(sent.Results).Key);
        return Intacct.Screens.Pay(customer, [(Number, 50)], date: paidOn);
    }

    /// <summary>An invoice of 129 that stands in both systems, and its payment by its RECORDNO.</summary>
    internal async Task<(string Uid, int Payment)> PaidAsync()
    {
        await OpenAsync();
        var uid = MakeInvoice();
        await SweepZuperAsync();
        await AssertSyncedAsync(uid);
        var payment = Intacct.Screens.Pay(SageId(Organization)!, [(Number, 129)]);
        await PollAsync();
        Assert.Equal([$"129 SAGE-{payment}"], Standing(uid));
        return (uid, payment);
    }

    internal string StatusOf(string uid) => Zuper.Screens.Record(uid)!["invoice_status"]!.ToString();

    internal async Task RetryPaymentAsync(int payment)
    {
        var connection = (await Process.Get<ConnectionStore>().GetAsync(Id, Forever))!;
        var id = payment.ToString(CultureInfo.InvariantCulture);
        await Process.Get<PersonRequests>().RetryAsync(connection, ZuperFlows.Payments, id, Forever);
        await RestAsync();
    }

    internal async Task<KeyMapEntry> PaymentAsync(int payment) =>
        (
            await Process
                .Get<KeyMapStore>()
                .GetAsync(new SyncKey(Id, ZuperFlows.Payments, payment.ToString(CultureInfo.InvariantCulture)), Forever)
        )!;

    /// <summary>A person says which invoice of Intacct, by its number there, one of Zuper is.</summary>
    internal async Task LinkAsync(string uid, string number) =>
        Assert.True(
            (
                await Process
                    .Get<PersonRequests>()
                    .LinkAsync(
                        await ConnectionAsync(),
                        ZuperFlows.Invoices,
                        uid,
                        Intacct.Screens.InvoiceNo(number).ToString(CultureInfo.InvariantCulture),
                        Forever
                    )
            ).Taken
        );

    /// <summary>Puts the connection with a payment mode; what happens in Zuper is found by sweeps alone.</summary>
    internal async Task OpenAsync(Func<ZuperConnectionSettings, ZuperConnectionSettings>? change = null)
    {
        await BooksAsync(s =>
        {
            s = s with { DefaultPaymentModeUid = ZuperPaymentModes.Cheque.Uid };
            return change?.Invoke(s) ?? s;
        });
        Zuper.WebhooksEnabled = false;
        Clock.Advance(TimeSpan.FromMinutes(20));
    }

    internal async Task PollAsync()
    {
        Clock.Advance(TimeSpan.FromMinutes(10));
        await Process.Get<Poller>().TickAsync(ZuperFlows.OfIntacct, Clock.GetUtcNow(), Forever);
        await RestAsync();
    }

    internal async Task SweepZuperAsync()
    {
        Clock.Advance(TimeSpan.FromMinutes(20));
        await SweepAsync();
    }
}
