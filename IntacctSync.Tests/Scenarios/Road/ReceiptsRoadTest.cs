using System.Globalization;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;

namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>The road between Intacct and Upflow, with payments taken in Upflow that are posted in Intacct.</summary>
public abstract class ReceiptsRoadTest : ReceivablesRoadTest
{
    internal const string Number = "pi_77";

    /// <summary>Two customers with open invoices, all of which are in Upflow.</summary>
    internal async Task OpenAsync(
        Func<UpflowConnectionSettings, UpflowConnectionSettings>? change = null,
        bool posted = true
    )
    {
        await ConnectUpflowAsync(s =>
        {
            var receipts = s with
            {
                SyncReceipts = true,
                Receipts = posted ? new ReceiptSettings { BankAccountId = "BANK" } : new ReceiptSettings(),
            };
            return change?.Invoke(receipts) ?? receipts;
        });
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        Intacct.Screens.AddCustomer("C-2", "Pier", "ap@pier.example");
        Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        Intacct.Screens.PostInvoice("C-1", "INV-2", 100);
        Intacct.Screens.PostInvoice("C-2", "INV-3", 100);
        await PollAsync();
    }

    internal string Take(string invoice = "INV-1", long? amount = null, string reference = Number) =>
        Upflow.Screens.PayInPortal([(invoice, amount)], reference: reference);

    internal IReadOnlyList<IReadOnlyDictionary<string, string>> Posted => Intacct.Company.Records("ARPYMT");

    /// <summary>The payments in Intacct that count.</summary>
    internal IReadOnlyList<IReadOnlyDictionary<string, string>> Counting =>
        [.. Posted.Where(p => p["DISPLAYSTATE"] == "Complete")];

    internal decimal Due(string number) =>
        decimal.Parse(
            Intacct.Company.Record("ARINVOICE", Text(Intacct.Screens.InvoiceNo(number)))!["TRX_TOTALDUE"],
            CultureInfo.InvariantCulture
        );

    internal async Task<KeyMapEntry> ReceiptAsync(string payment) => await RowAsync(UpflowFlows.Receipts, payment);

    internal async Task<string?> CodeAsync(string payment) => (await ReceiptAsync(payment)).Problem?.Code;

    internal async Task RetryAsync(string payment, FlowName? flow = null)
    {
        await Requests.RetryAsync(await ConnectionAsync(), flow ?? UpflowFlows.Receipts, payment, Forever);
        await RestAsync();
    }

    internal async Task<bool> LinkAsync(string payment, int recordNo)
    {
        var linked = await Requests.LinkAsync(
            await ConnectionAsync(),
            UpflowFlows.Receipts,
            payment,
            Text(recordNo),
            Forever
        );
        await RestAsync();
        return linked.Taken;
    }

    internal async Task IgnoreAsync(string payment)
    {
        await Requests.IgnoreAsync(await ConnectionAsync(), UpflowFlows.Receipts, payment, null, Forever);
        await RestAsync();
    }

    private PersonRequests Requests => Process.Get<PersonRequests>();

    internal static int NumberOf(IReadOnlyDictionary<string, string> record) =>
        int.Parse(record["RECORDNO"], CultureInfo.InvariantCulture);
}
