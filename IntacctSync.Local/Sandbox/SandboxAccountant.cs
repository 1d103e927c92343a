using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Zuper;
using IntacctSync.Simulators.Zuper.Sample;

namespace IntacctSync.Local.Sandbox;

/// <summary>
/// Does in the simulated Intacct's pages what an accountant does: receives payments for the invoices that have arrived, and thinks better
/// of one. They can't be in the sample, since they pay what the sync makes.
/// </summary>
internal sealed class SandboxAccountant(IntacctSimulator intacct, ZuperSimulator zuper)
{
    private static readonly SampleExpectation Synced = new("synced");
    private static readonly SampleExpectation Skipped = new("skipped");

    private readonly OrderedDictionary<string, SandboxReceipt> _receipts = new(StringComparer.Ordinal);
    private int _bounced;

    /// <summary>What was received, by RECORDNO.</summary>
    public IReadOnlyDictionary<string, SandboxReceipt> Receipts => _receipts;

    public void Receive()
    {
        Keep("a whole invoice", Synced, Pay("EFT", ("Roof inspection", null)));
        Keep("a part of an invoice", Synced, Pay("Printed Check", ("Ice plant service", 500m)));
        Keep("two invoices at once", Synced, Pay("EFT", ("February visit", null), ("March visit", 100m)));
        Keep("an invoice that was partly paid in Zuper", new SampleExpectation("needsAction", "zuper-invoice-paid-otherwise"), Pay("EFT", ("Boiler", null)));
        _bounced = Pay("Printed Check", ("Brew kettle refit", null));
        Keep("a cheque that bounces", Synced, _bounced);
        Keep("an advance that pays nothing yet", Skipped, intacct.Screens.Advance("C-1004", 300m));
    }

    /// <summary>What a person calls a record; a payment by what it was received for.</summary>
    public string NameOf(KeyMapEntry entry) => entry.Key.Flow == FlowName.Payments && _receipts.TryGetValue(entry.Key.SourceId, out var receipt)
        ? $"{entry.Title ?? entry.Key.SourceId} ({receipt.Name})"
        : SampleNames.Of(entry);

    /// <summary>The cheque bounces.</summary>
    public void Reverse() => Keep("the reversal of the cheque", Skipped, intacct.Screens.ReversePayment(_bounced));

    /// <summary>Number and CUSTOMERID of an invoice of the sample, and what is due on it, as Intacct has them.</summary>
    public (string Number, string CustomerId, decimal Due) Booked(string title)
    {
        var record = zuper.Screens.Record(ZuperSample.InvoiceUidOf(title))!;
        var number = $"{record["prefix"]}{record["invoice_no"]}";
        var booked = intacct.Company.Records("ARINVOICE").FirstOrDefault(i => i["RECORDID"] == number)
            ?? throw new InvalidOperationException($"The invoice '{title}' ({number}) has not arrived in the simulated Intacct, so it can't be paid there.");
        return (number, booked["CUSTOMERID"], decimal.Parse(booked["TRX_TOTALDUE"], CultureInfo.InvariantCulture));
    }

    private int Pay(string method, params (string Title, decimal? Amount)[] invoices)
    {
        var rows = invoices.Select(i => (Booked: Booked(i.Title), i.Amount)).ToList();
        return intacct.Screens.Pay(rows[0].Booked.CustomerId, rows.Select(r => (r.Booked.Number, r.Amount ?? r.Booked.Due)), method);
    }

    private void Keep(string name, SampleExpectation expected, int recordNo) =>
        _receipts[recordNo.ToString(CultureInfo.InvariantCulture)] = new SandboxReceipt(name, expected);
}
