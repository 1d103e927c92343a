using System.Globalization;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Intacct.Records;

/// <summary>An ARINVOICEITEM: a line of an invoice, read by itself or nested in the invoice.</summary>
public sealed record ArInvoiceLine
{
    /// <summary>Where a whole ARINVOICE has its lines.</summary>
    public const string Path = "ARINVOICEITEMS.ARINVOICEITEM";

    public static IReadOnlyList<string> Fields { get; } =
    [
        "RECORDNO",
        "RECORDKEY",
        "LINE_NO",
        "ACCOUNTNO",
        "ACCOUNTLABEL",
        "AMOUNT",
        "TRX_AMOUNT",
        "ENTRYDESCRIPTION",
        "LOCATIONID",
        "DEPARTMENTID",
        "PROJECTID",
        "CUSTOMERID",
        "ITEMID",
        "CLASSID",
    ];

    public required string RecordNo { get; init; }

    /// <summary>RECORDNO of the invoice.</summary>
    public string? InvoiceKey { get; init; }

    /// <summary>As Intacct says it; a read may count from 0 where an update counts from 1.</summary>
    public int? LineNo { get; init; }

    public string? GlAccountNo { get; init; }

    public string? AccountLabel { get; init; }

    /// <summary>In the base currency.</summary>
    public decimal? Amount { get; init; }

    /// <summary>In the transaction's currency.</summary>
    public decimal? TrxAmount { get; init; }

    public string? Memo { get; init; }

    public string? LocationId { get; init; }

    public string? DepartmentId { get; init; }

    public string? ProjectId { get; init; }

    public string? CustomerId { get; init; }

    public string? ItemId { get; init; }

    public string? ClassId { get; init; }

    /// <exception cref="FormatException">No RECORDNO, or an amount that can't be read.</exception>
    public static ArInvoiceLine Read(IntacctRecord record) =>
        new()
        {
            RecordNo = record.Required("RECORDNO"),
            InvoiceKey = record["RECORDKEY"],
            LineNo = int.TryParse(record["LINE_NO"], NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
                ? number
                : null,
            GlAccountNo = record["ACCOUNTNO"],
            AccountLabel = record["ACCOUNTLABEL"],
            Amount = record.Decimal("AMOUNT"),
            TrxAmount = record.Decimal("TRX_AMOUNT"),
            Memo = record["ENTRYDESCRIPTION"],
            LocationId = record["LOCATIONID"],
            DepartmentId = record["DEPARTMENTID"],
            ProjectId = record["PROJECTID"],
            CustomerId = record["CUSTOMERID"],
            ItemId = record["ITEMID"],
            ClassId = record["CLASSID"],
        };
}
