using System.Globalization;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Zuper;
using IntacctSync.Simulators.Zuper.Sample;

namespace IntacctSync.Local.Sandbox;

/// <summary>
/// Plays an accountant in the simulated Intacct: receives payments for the invoices that have arrived, and reverses one
/// of them. The payments can't be in the sample, since they pay invoices that the sync makes.
/// </summary>
internal sealed class SandboxAccountant(IntacctSimulator intacct, ZuperSimulator zuper)
{
    private static readonly SampleExpectation Synced = new("synced");
    private static readonly SampleExpectation Skipped = new("skipped");

    private readonly OrderedDictionary<string, SandboxPayment> _receipts = new(StringComparer.Ordinal);
    private int? _bounced;

    /// <summary>The payments that were received, by RECORDNO.</summary>
    public IReadOnlyDictionary<string, SandboxPayment> Receipts => _receipts;

    /// <summary>
    /// Receives payments, so that ordinary and awkward cases occur. An invoice that has not arrived is not paid.
    /// </summary>
    public void Receive()
    {
        Keep("a whole invoice", Synced, Pay("EFT", ("Roof inspection", null)));
        Keep("a part of an invoice", Synced, Pay("Printed Check", ("Ice plant service", 500m)));
        Keep("two invoices at once", Synced, Pay("EFT", ("February visit", null), ("March visit", 100m)));
        Keep(
            "an invoice that was partly paid in Zuper",
            new SampleExpectation("needsAction", "zuper-invoice-paid-otherwise"),
            Pay("EFT", ("Boiler", null))
        );
        _bounced = Pay("Printed Check", ("Brew kettle refit", null));
        Keep("a cheque that bounces", Synced, _bounced);
        Keep("an advance that pays nothing yet", Skipped, intacct.Screens.Advance("C-1004", 300m));
        Keep("a credit memo that settles a part of an invoice", Skipped, Credit("Ice plant service", 80m, 50m));
    }

    /// <summary>What a person calls a record; a payment by what it was received for.</summary>
    public string NameOf(KeyMapEntry entry) =>
        entry.Key.Flow == ZuperFlows.Payments && _receipts.TryGetValue(entry.Key.SourceId, out var receipt)
            ? $"{entry.Title ?? entry.Key.SourceId} ({receipt.Name})"
            : SampleNames.Of(entry);

    /// <summary>Reverses a payment, as for a cheque that bounced.</summary>
    public void Reverse() =>
        Keep(
            "the reversal of the cheque",
            Skipped,
            _bounced is { } cheque ? intacct.Screens.ReversePayment(cheque) : null
        );

    /// <summary>
    /// Number and CUSTOMERID of an invoice of the sample, and what is due on it, as Intacct has them.
    /// </summary>
    /// <returns>Null where it has not arrived there.</returns>
    public (string Number, string CustomerId, decimal Due)? Booked(string title)
    {
        var record = zuper.Screens.Record(ZuperSample.InvoiceUidOf(title))!;
        var number = $"{record["prefix"]}{record["invoice_no"]}";
        return intacct.Company.Records("ARINVOICE").FirstOrDefault(i => i["RECORDID"] == number) is { } booked
            ? (number, booked["CUSTOMERID"], decimal.Parse(booked["TRX_TOTALDUE"], CultureInfo.InvariantCulture))
            : null;
    }

    /// <summary>Invoices that are not paid in Intacct, by number, customer and what is due.</summary>
    public IEnumerable<(string Number, string CustomerId, decimal Due)> Open() =>
        intacct
            .Company.Records("ARINVOICE")
            .Where(i => i["STATE"] == "Posted")
            .Select(i =>
                (i["RECORDID"], i["CUSTOMERID"], Due: decimal.Parse(i["TRX_TOTALDUE"], CultureInfo.InvariantCulture))
            )
            .Where(i => i.Due > 0);

    /// <summary>Gives the customer of an invoice a credit memo, and applies a part of it to that invoice.</summary>
    private int? Credit(string title, decimal amount, decimal applied) =>
        Booked(title) is not { } booked
            ? null
            : intacct.Screens.ApplyCreditMemo(
                intacct.Screens.PostCreditMemo(booked.CustomerId, "CM-1", amount),
                [(booked.Number, applied)]
            );

    private int? Pay(string method, params (string Title, decimal? Amount)[] invoices)
    {
        var rows = new List<(string Number, decimal Amount)>();
        string? customerId = null;
        foreach (var (title, amount) in invoices)
        {
            if (Booked(title) is not { } booked)
                continue;
            customerId = booked.CustomerId;
            rows.Add((booked.Number, amount ?? booked.Due));
        }

        return customerId is null ? null : intacct.Screens.Pay(customerId, rows, method);
    }

    private void Keep(string name, SampleExpectation expected, int? recordNo)
    {
        if (recordNo is { } number)
            _receipts[number.ToString(CultureInfo.InvariantCulture)] = new SandboxPayment(name, expected);
    }
}

/// <summary>A payment that the sandbox's accountant received.</summary>
/// <param name="Name">What it is called here.</param>
/// <param name="Expected">How it is meant to end.</param>
internal sealed record SandboxPayment(string Name, SampleExpectation Expected);
