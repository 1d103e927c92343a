using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Invoices;

/// <summary>
/// Fingerprints of what invoices say, line by line, without what is paid of them: equal while the document is the same.
/// </summary>
/// <remarks>
/// Whether paying an invoice touches its time of change is open, so that time alone does not say that the document has
/// changed. A form that prints what is paid is as it was when the document last changed: what is open of an invoice,
/// Upflow shows itself. Fields that are not known here count, so at the worst it is printed once too often.
/// </remarks>
public sealed class InvoiceContents(IntacctClient intacct)
{
    /// <summary>How many whole documents are held in memory.</summary>
    private const int AtOnce = 25;

    /// <summary>What a payment changes of an invoice and its lines, or what time does.</summary>
    private static readonly HashSet<string> Passing = new(StringComparer.OrdinalIgnoreCase)
    {
        "DUE_IN_DAYS",
        "MODIFIEDBY",
        "MODIFIEDBYLOGINID",
        "PAYNOWURL",
        "RAWSTATE",
        "RECORD_URL",
        "STATE",
        "TOTALDUE",
        "TOTALPAID",
        "TOTALSELECTED",
        "TRX_ENTITYDUE",
        "TRX_TOTALDUE",
        "TRX_TOTALPAID",
        "TRX_TOTALSELECTED",
        "WHENMODIFIED",
        "WHENPAID",
    };

    /// <summary>The records in which they stand; elsewhere STATE is part of an address.</summary>
    private static readonly string[] Own = ["", "ARINVOICEITEMS.", $"{ArInvoiceLine.Path}."];

    /// <summary>Of invoices by RECORDNO, read by key, which is not delayed; one that is not shown is not among
    /// them.</summary>
    /// <exception cref="IntacctException">They can't be read.</exception>
    internal async Task<IReadOnlyDictionary<string, string>> ReadAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> recordNos,
        CancellationToken cancellationToken
    )
    {
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var some in recordNos.Chunk(AtOnce))
        {
            var rows = await intacct.ReadAsync(
                batch.Access.Intacct,
                UpflowIds.Invoice,
                some,
                ["*"],
                cancellationToken
            );
            foreach (var row in rows)
            {
                if (row["RECORDNO"]?.Trim() is { } recordNo)
                    said[recordNo] = Of(row);
            }
        }

        return said;
    }

    /// <summary>Pure.</summary>
    /// <param name="invoice">With all fields, and its lines.</param>
    internal static string Of(IntacctRecord invoice) => ShortHash.Of(string.Join('\n', Said(invoice)), 16);

    private static IEnumerable<string> Said(IntacctRecord record, string path = "") =>
        record
            .Fields.Where(f => !(Passing.Contains(f.Name) && Own.Contains(path, StringComparer.OrdinalIgnoreCase)))
            .SelectMany(f =>
                f.Nested is { } inner ? Said(inner, $"{path}{f.Name}.")
                : f.Value.Length > 0 ? [$"{path}{f.Name}={f.Value}"]
                : Enumerable.Empty<string>()
            );
}
