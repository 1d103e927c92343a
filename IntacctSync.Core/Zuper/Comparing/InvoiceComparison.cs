using System.Globalization;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.CustomFields;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Invoices.Books;

namespace IntacctSync.Core.Zuper.Comparing;

/// <summary>Zuper's invoices beside those of Accounts Receivable, or the documents of Order Entry.</summary>
internal sealed partial class InvoiceComparison(
    ZuperClient zuper,
    IntacctClient intacct,
    CustomFieldCatalog customFields,
    KeyMapStore keyMap,
    RecordQuery records
) : IFlowComparison
{
    private const string InBooks = "in the books";
    private const string OutOfBooks = "out of the books";
    private const string ADraft = "a draft";
    private const string Customer = "customer";
    private const string Total = "total";
    private const string Paid = "paid";
    private const string Currency = "currency";
    private const string State = "state";
    private const string Term = "term";

    private static readonly string[] DocumentFields =
    [
        "RECORDNO",
        "DOCID",
        "DOCNO",
        "STATE",
        "CUSTVENDID",
        "WHENCREATED",
        "WHENDUE",
        "PONUMBER",
        "MESSAGE",
        "TERM.NAME",
        "TOTAL",
        "TRX_TOTAL",
        "CURRENCY",
        "BASECURR",
        "TOTALDUE",
        "TRX_TOTALDUE",
    ];

    private static readonly string[] ReceivableFields = [.. ArInvoiceSummary.Fields, "BASECURR", "TERMNAME"];

    public FlowName Flow => ZuperFlows.Invoices;

    public IReadOnlyList<string> Fields { get; } =
    [
        Customer,
        "date",
        "dueDate",
        Total,
        Paid,
        Currency,
        State,
        "reference",
        "description",
        Term,
        .. InvoiceDimensions.Fields,
    ];

    public bool IsOwnUntilWritten(string field) => field is "reference" or "description" or Term || IsDimension(field);

    /// <summary>Customer and total had to be the same, and it had to be in the books.</summary>
    public bool StaysAsAdopted(string field) => field is not (Customer or Total or Paid or State);

    /// <summary>
    /// After the settings have named another custom field, a dimension is compared once it was written from that.
    /// </summary>
    public bool Compares(string field, KeyMapEntry entry, ComparedRecord source) =>
        !IsDimension(field) || IsOfSameFields(entry, source) || entry.Written.Has(field);

    /// <summary>Those of the kind of document that the settings choose: the other kind has other lines.</summary>
    public IEnumerable<LineDifference> BetweenLines(KeyMapEntry entry, ComparedRecord source, ComparedRecord target) =>
        target.Lines is { } lines && !source.IsOut && !target.IsOut
            ? InvoiceLineComparison.Between(
                entry,
                source.Lines,
                lines,
                IsAsWritten(Total, entry, source) == true,
                source.Accounts
            )
            : [];

    public bool AreEqual(string field, string source, string target) =>
        field == Term
            ? ComparisonKey.AreEqual(source, target)
            : string.Equals(
                source.Trim(),
                target.Trim(),
                field == Customer || IsDimension(field) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal
            );

    public bool? IsAsWritten(string field, KeyMapEntry entry, ComparedRecord source) =>
        field switch
        {
            // Its status is no part of what is written: only whether it is in the books is.
            State => entry.Hash is { } hash && source.IsOut != InvoiceHash.IsInBooks(hash),
            Paid or Currency => false,
            _ when IsDimension(field) && !IsOfSameFields(entry, source) => null,
            _ => InvoiceHash.Parse(source.Hash) is { } now && InvoiceHash.Parse(entry.Hash)?.Covers(now) == true
                ? true
                : null,
        };

    /// <summary>
    /// What was paid differs where a payment was recorded in Zuper alone, or Intacct has settled something otherwise.
    /// </summary>
    public string? Explains(string field, ComparedRecord source, ComparedRecord target)
    {
        if (field != Paid || source.Paid is not { } inZuper || target.Paid is not { } inIntacct)
            return null;
        var more = inZuper - inIntacct;
        return more < 0
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"Intacct has settled {-more:0.00} more of it: by a payment that is not carried over yet, or by a "
                        + $"credit or a discount, which are not carried over."
                )
            : source.PaidByOthers == more
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"Zuper has {more:0.00} on it that was not taken from Intacct: it was paid otherwise there."
                )
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Zuper has {more:0.00} more on it than was paid in Intacct, and {source.PaidByOthers:0.00} of what is "
                    + $"on it there was not taken from Intacct."
            );
    }

    public bool IsKnownByTitle => true;

    /// <summary>
    /// What has to be the same for an invoice to be adopted by the id that stood in Zuper
    /// (<see cref="InvoiceMatch.BySageId"/>). One that is out of use in Zuper is never linked so: its counterpart would
    /// be reversed.
    /// </summary>
    public string? DoubtAbout(ComparedRecord source, ComparedRecord target)
    {
        if (source.IsOut)
            return "it is cancelled or deleted in Zuper";
        if (this[target, State] != InBooks)
            return $"{target.Id} is {this[target, State]} in Intacct";
        if (this[source, Customer] is not { } customer)
            return "its customer is not known yet";
        if (!AreEqual(Customer, customer, this[target, Customer] ?? ""))
            return $"{target.Id} is of customer {this[target, Customer]}, and it is for {customer}";
        var total = this[source, Total] is null
            ? null
            : ComparedRecord.Text(InvoiceReading.Rounded(source.Amount!.Value));
        if (total != ComparedRecord.Text(target.Amount))
            return $"{target.Id} comes to {ComparedRecord.Text(target.Amount)}, and it to {total ?? "no sum"}";
        if (
            target.Currency is { } currency
            && (source.Currency ?? target.BaseCurrency) is { } wanted
            && !AreEqual(Currency, wanted, currency)
        )
            return $"{target.Id} is in {currency}, and it is in {wanted}";
        return
            IsNamedById(source, target)
            || (source.Date is { } date && target.Date is { } other && BookedInvoice.AreNear(date, other))
            ? null
            : $"{target.Id} has that number, and is dated {ComparedRecord.Text(target.Date)}";
    }

    private static bool IsNamedById(ComparedRecord source, ComparedRecord target) =>
        string.Equals(source.Shows, target.Id, StringComparison.OrdinalIgnoreCase);

    private string? this[ComparedRecord record, string field] =>
        record.Values[Fields.TakeWhile(f => f != field).Count()];

    private static bool IsDimension(string field) => InvoiceDimensions.Fields.Contains(field, StringComparer.Ordinal);

    /// <summary>Whether the settings name the same custom fields as when the invoice was last written.</summary>
    private static bool IsOfSameFields(KeyMapEntry entry, ComparedRecord source) =>
        InvoiceHash.Parse(entry.Hash) is { } written && written.Fields == InvoiceHash.Parse(source.Hash)?.Fields;

    public string FingerprintOfCustomField(string name) => CustomFieldXml.Remembered(name);
}
