using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Invoices;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Standings;

/// <summary>
/// Finds again what stands in Upflow of records whose rows do not know it, as after the loss of the store or the return
/// of an older copy: each document is named after its record. Without it, what no longer counts in Intacct would be
/// taken for never carried, and would stay in Upflow.
/// </summary>
/// <remarks>
/// The lists name no links. What a document shows as linked is a link of its own record; a link by which one record
/// applied the credit of another is known again when it is sent anew, and not before.
/// </remarks>
public sealed class ShownStandings(UpflowClient upflow, KeyMapStore keyMap)
{
    private static readonly UpflowKind[] Kinds = [UpflowKind.Payment, UpflowKind.CreditNote, UpflowKind.Refund];

    /// <summary>
    /// Whether a row may know less than stands: it was linked and not looked at since, or it knows nothing of a record
    /// that no longer counts. A row that says it was left out may be of an older copy.
    /// </summary>
    /// <param name="entry">The row.</param>
    /// <param name="counts">Whether the record counts in Intacct.</param>
    internal static bool MayBeShown(KeyMapEntry entry, bool counts) =>
        entry is { Parts: null or "", Intent: null } && (entry is { Adopted: true, TargetId: not null } || !counts);

    /// <summary>Puts what the lists of their customers show into the rows of records.</summary>
    /// <param name="pass">The pass that they are on.</param>
    /// <param name="records">Each with the external id of its main document, and its CUSTOMERID.</param>
    /// <param name="main">What their main documents are.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="UpflowException">A call failed.</exception>
    internal async Task FindAsync(
        RecordPass pass,
        IReadOnlyCollection<(RecordWork Work, string ExternalId, string Customer)> records,
        UpflowKind main,
        CancellationToken cancellationToken
    )
    {
        if (records.Count == 0)
            return;
        var rows = await keyMap.GetManyAsync(
            pass.Batch.Connection.Id,
            UpflowFlows.Customers,
            [.. records.Select(r => r.Customer.Trim()).Where(c => c.Length > 0).Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        var known = records.Where(r => rows.GetValueOrDefault(r.Customer.Trim())?.TargetId is not null).ToList();
        var sourceIds = known
            .DistinctBy(r => r.ExternalId, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(r => r.ExternalId, r => r.Work.SourceId, StringComparer.OrdinalIgnoreCase);
        string[] customers = [.. known.Select(r => rows[r.Customer.Trim()].TargetId!).Distinct(StringComparer.Ordinal)];
        var priority = known.TrueForAll(r => r.Work.Bulk) ? RequestPriority.Bulk : RequestPriority.Live;
        foreach (var kind in KindsOf(main))
        {
            await foreach (
                var read in upflow.ListOfAsync(pass.Batch.Access.Upflow(), kind, customers, priority, cancellationToken)
            )
            {
                if (
                    StandingKey.Parse(read.ExternalId) is { } name
                    && sourceIds.GetValueOrDefault(name.Record) is { } sourceId
                    && StandingKey.KindOf(name.Key, main) == kind
                )
                    await TakeAsync(pass, pass[sourceId], name, read, cancellationToken);
            }
        }
    }

    /// <summary>What the documents of a record may be: a credit has no payment among them.</summary>
    private static IEnumerable<UpflowKind> KindsOf(UpflowKind main) =>
        Kinds.Where(k => k == main || k != UpflowKind.Payment);

    private async Task TakeAsync(
        RecordPass pass,
        KeyMapEntry entry,
        (string Record, string Key) name,
        UpflowRead read,
        CancellationToken cancellationToken
    )
    {
        var standing = Standing.Of(entry.Parts).DoubtingDocument(name.Key);
        if (name.Key != StandingKey.Main)
        {
            var amount = read
                .LinkedInvoices.Concat(read.LinkedTransactions)
                .Concat(read.LinkedCreditNotes)
                .Sum(l => l.Amount);
            if (amount > 0)
                standing = standing.WithLink(name.Key, amount);
        }
        else
        {
            foreach (var (invoice, amount) in read.LinkedInvoices)
            {
                if (await SourceOfAsync(pass, invoice, cancellationToken) is { } receivable)
                    standing = standing.WithLink(StandingKey.Applied(receivable), amount);
            }
        }

        pass.Put(
            (
                entry with
                {
                    Parts = standing.ToString(),
                    Hash = null,
                    TargetId =
                        name.Key == StandingKey.Main ? UpflowReference.TargetIdOf(read, name.Record) : entry.TargetId,
                    NaturalKey = name.Key == StandingKey.Main ? name.Record : entry.NaturalKey,
                }
            ).Note(pass.Now, "found", "Upflow shows documents of it that its row did not know.")
        );
    }

    /// <summary>The receivable that an invoice of Upflow is; null for one that is nobody's.</summary>
    private async Task<string?> SourceOfAsync(
        RecordPass pass,
        UpflowRead invoice,
        CancellationToken cancellationToken
    ) =>
        (
            invoice.Id is { } id
                ? await keyMap.FindByTargetAsync(pass.Batch.Connection.Id, UpflowFlows.Invoices, id, cancellationToken)
                : null
        ) ?? Receivable.SourceIdOf(invoice.ExternalId);
}
