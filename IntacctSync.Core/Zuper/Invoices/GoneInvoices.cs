using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Invoices.Books;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// Looks at the invoices that are cancelled or deleted in Zuper, linked to nothing, and show a Sage id. After an older
/// copy of the store was restored, one may stand in the books that no row knows. None is reversed by itself: the id may
/// be a stranger's.
/// </summary>
internal sealed class GoneInvoices(CounterpartLinks links, ZuperClient zuper, KeyMapStore keyMap)
{
    /// <summary>Asks a person about those that seem to be booked; the others are left out.</summary>
    public async Task LookAsync(InvoicePass pass, CancellationToken cancellationToken)
    {
        var works = pass.OpenOf<InvoiceDecision.CheckGone>();
        if (works.Count == 0)
            return;
        var ids = works.Select(w => CheckOf(w).SageId).Distinct(StringComparer.Ordinal).ToList();
        var found = (await pass.Books.ByIdAsync(pass.Batch, ids, cancellationToken))
            .Values.Concat(await pass.Books.ByNumberAsync(pass.Batch, ids, cancellationToken))
            .DistinctBy(b => b.TargetId, StringComparer.Ordinal)
            .ToList();
        var owners = await links.FindAsync(
            pass.Batch.Connection,
            ZuperFlows.Invoices,
            [.. found.Select(f => f.TargetId)],
            cancellationToken
        );
        foreach (var work in works)
        {
            var check = CheckOf(work);
            var invoice = work.Invoice!;
            var customerId = await CustomerAsync(pass, invoice, cancellationToken);
            var booked = found.Find(b =>
                InvoiceMatch.IsNamed(b, check.SageId)
                && InvoiceMatch.OwnerOf(b, owners) is null
                && MayBe(b, invoice, customerId, pass.Settings)
            );
            if (booked is null)
                work.Decision = Skip(check, $"no invoice of its own in Intacct has {check.SageId}, its Sage id");
            else if (await CarrierAsync(pass, work, cancellationToken) is { } carrier)
                work.Decision = Skip(check, $"its Sage id {check.SageId} is that of {carrier}");
            else if (work.IsOpen)
                work.Fail(InvoiceMatchProblems.StillBooked($"It is {check.How} in Zuper", booked, booked.TargetId));
        }
    }

    /// <summary>
    /// Whether an invoice in Intacct may be its counterpart: it is posted, and nothing that is known of the two
    /// differs. Pure.
    /// </summary>
    /// <param name="booked">As Intacct has it.</param>
    /// <param name="invoice">As Zuper has it.</param>
    /// <param name="customerId">The customer that it is for; null where no row tells.</param>
    /// <param name="settings">The connection's.</param>
    internal static bool MayBe(
        BookedInvoice booked,
        ZuperInvoice invoice,
        string? customerId,
        ZuperConnectionSettings settings
    ) =>
        booked.State is not (BookedState.Reversed or BookedState.Draft)
        && (customerId is null || string.Equals(booked.CustomerId, customerId, StringComparison.OrdinalIgnoreCase))
        && InvoiceLinkCheck.AmountOf(invoice, settings) is var amount
        && (amount is null || amount == booked.Total);

    private static InvoiceDecision.CheckGone CheckOf(InvoiceWork work) => (InvoiceDecision.CheckGone)work.Decision!;

    private static InvoiceDecision.Skip Skip(InvoiceDecision.CheckGone check, string why) =>
        new($"It is {check.How} in Zuper and was never synced; {why}.");

    private async Task<string?> CustomerAsync(
        InvoicePass pass,
        ZuperInvoice invoice,
        CancellationToken cancellationToken
    )
    {
        var connection = pass.Batch.Connection.Id;
        if (InvoiceCustomers.ParentOf(invoice, null) is not { } parent)
            return null;
        var row = await keyMap.GetAsync(new SyncKey(connection, parent.Flow, parent.SourceId), cancellationToken);
        return row is { TargetId: not null } ? InvoiceCustomers.CustomerOf(parent.Flow, row, null)?.CustomerId : null;
    }

    /// <summary>
    /// Another invoice in Zuper that shows the same id and is in use: this one is a copy of it. Where Zuper can't be
    /// asked the record ends, and comes again.
    /// </summary>
    private async Task<string?> CarrierAsync(InvoicePass pass, InvoiceWork work, CancellationToken cancellationToken)
    {
        try
        {
            var carriers = await zuper.FindInvoicesAsync(
                pass.Batch.Access.Zuper(),
                InvoiceMapper.SageInvoiceId,
                CheckOf(work).SageId,
                pass.Priority,
                cancellationToken
            );
            return carriers.FirstOrDefault(c => c.Uid != work.SourceId && InvoiceStatus.Gone(c) is null)?.Uid;
        }
        catch (ZuperException e)
        {
            work.Fail(Failures.Of(e));
            return null;
        }
    }
}
