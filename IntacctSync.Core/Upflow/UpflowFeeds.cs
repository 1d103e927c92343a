using System.Globalization;
using IntacctSync.Core.Detection.Intacct;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Upflow.Customers;
using IntacctSync.Core.Upflow.Invoices;
using IntacctSync.Core.Upflow.Records;
using IntacctSync.Core.Upflow.Standings;

namespace IntacctSync.Core.Upflow;

/// <summary>
/// The objects of Intacct that the flows to Upflow are read from. A receivable is an invoice or a credit note by its
/// sign, whichever object it is of.
/// </summary>
/// <remarks>
/// Their WHENCREATED is a date that a person gives; AUWHENCREATED is when they were entered, in GMT. Whether applying a
/// payment touches an invoice's time of change is not known; nothing here depends on it, as payments are read by
/// themselves.
/// </remarks>
internal static class UpflowFeeds
{
    private const string Total = "TRX_TOTALENTERED";

    /// <summary>
    /// What invoices and adjustments show of a change. Applying a payment may, or may not, show here.
    /// </summary>
    private static readonly IReadOnlyList<string> Document =
    [
        "RECORDNO",
        "RECORDID",
        "STATE",
        "CUSTOMERID",
        "DOCNUMBER",
        "DESCRIPTION",
        "WHENCREATED",
        "CURRENCY",
        "MODULEKEY",
        "TOTALENTERED",
        "TOTALPAID",
        Total,
        "TRX_TOTALPAID",
        "AUWHENCREATED",
        "WHENMODIFIED",
    ];

    public static readonly IntacctFeed Customers = new(
        "CUSTOMER",
        ["RECORDNO", "CUSTOMERID", "NAME", "PARENTID", "STATUS", "WHENCREATED", "WHENMODIFIED"],
        "CUSTOMERID",
        "WHENCREATED"
    )
    {
        RecordNoIn = static parts => CustomerParts.Of(parts).RecordNo,
    };

    /// <summary>
    /// Contacts of vendors and employees are among them: only those of known customers concern anybody.
    /// </summary>
    public static IntacctFeed Contacts(FeedOwners customers) =>
        new("CONTACT", ["RECORDNO", "CONTACTNAME", "EMAIL1", "WHENCREATED", "WHENMODIFIED"], "RECORDNO", "WHENCREATED")
        {
            Owners = customers,
        };

    /// <summary>Posted invoices, those of Order Entry too.</summary>
    public static IntacctFeed Invoices { get; } =
        Read(UpflowIds.Invoice, [.. Document, "WHENDUE", NetAmounts.TaxSolution]) with
        {
            CarriesSnapshot = true,
            Companions = [InvoiceLines, MakersBy("RECORDKEY")],
            IsOurs = static row => Sign(row) > 0,
        };

    /// <summary>Debit memos, which are owed as invoices are.</summary>
    public static IntacctFeed DebitMemos { get; } =
        Read(UpflowIds.Adjustment, Document) with
        {
            SourceIdPrefix = $"{UpflowIds.Adjustment}-",
            HoldsRecords = true,
            CarriesSnapshot = true,
            Companions = [AdjustmentLines, MakersBy("POSADJKEY")],
            IsOurs = static row => Sign(row) > 0,
        };

    /// <summary>Invoices below zero, and those that were reversed.</summary>
    public static IntacctFeed NegativeInvoices { get; } =
        Invoices with
        {
            Companions = [InvoiceLines, MakersBy("NEGATIVEINVOICEKEY")],
            IsOurs = static row => Sign(row) < 0 || row["STATE"] == "Reversed",
        };

    /// <summary>Credit memos, and debit memos that were reversed.</summary>
    public static IntacctFeed CreditMemos { get; } =
        DebitMemos with
        {
            Companions = [AdjustmentLines, MakersBy("ADJUSTMENTKEY")],
            IsOurs = static row => Sign(row) < 0 || row["STATE"] == "Reversed",
        };

    /// <summary>A payment says only together with its details what it paid.</summary>
    public static IntacctFeed Payments { get; } =
        IntacctFeed.Payments with
        {
            CarriesSnapshot = true,
            Companions =
            [
                new FeedCompanion(PaymentApplication.Object, PaymentApplication.Fields, "PAYMENTKEY")
                {
                    IsNeeded = true,
                },
            ],
        };

    public static IntacctFeed Advances { get; } =
        Read(
            UpflowIds.Advance,
            [
                "RECORDNO",
                "RECORDID",
                "RECORDTYPE",
                "STATE",
                "PAYMENTMETHOD",
                "CUSTOMERID",
                "DOCNUMBER",
                "RECEIPTDATE",
                "CURRENCY",
                "TRX_TOTALENTERED",
                "AUWHENCREATED",
                "WHENMODIFIED",
            ]
        ) with
        {
            SourceIdPrefix = $"{UpflowIds.Advance}-",
            HoldsRecords = true,
        };

    /// <summary>The lines of invoices whose tax is told apart: what they come to is without it.</summary>
    private static FeedCompanion InvoiceLines =>
        new(NetAmounts.LinesOf(UpflowIds.Invoice), NetAmounts.LineFields, NetAmounts.OwnerOfLine)
        {
            MayLack = true,
            Concerns = static row => row[NetAmounts.TaxSolution] is not null,
        };

    /// <summary>An adjustment is not known to name its tax solution.</summary>
    private static FeedCompanion AdjustmentLines =>
        new(NetAmounts.LinesOf(UpflowIds.Adjustment), NetAmounts.LineFields, NetAmounts.OwnerOfLine) { MayLack = true };

    /// <summary>
    /// What tells which payments gave something to a document, or of it. Behind a reading of everything come all
    /// payments by themselves, and where payments are off nothing is done with them.
    /// </summary>
    private static FeedCompanion MakersBy(string field) =>
        new(PaymentApplication.Object, ["RECORDNO", LostLinks.MakerField, field], field)
        {
            OnlySince = true,
            MayBeNone = true,
            WantedFor = static settings => settings.Syncs(UpflowFlows.Payments),
        };

    private static IntacctFeed Read(string objectName, IReadOnlyList<string> fields) =>
        new(objectName, fields, "RECORDNO", "AUWHENCREATED", CreatedInGmt: true)
        {
            OursFields = fields.Contains("STATE", StringComparer.Ordinal) ? ["STATE", "TOTALENTERED", Total] : [],
        };

    /// <summary>Of the amount in the document's currency; an amount that can't be read counts as owed, so that the flow
    /// tells of it.</summary>
    private static int Sign(IntacctRecord row) =>
        (row[Total] ?? row["TOTALENTERED"]) is not { } text ? 0
        : decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var total) ? Math.Sign(total)
        : 1;
}
