using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Invoices.Books;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// Looks at the invoices that are cancelled, deleted or a draft in Zuper, linked to nothing, and show a Sage id. After
/// an older copy of the store was restored, one may stand in the books that no row knows. None is reversed by itself:
/// the id may be a stranger's.
/// </summary>
internal sealed class GoneInvoices(CounterpartLinks links, ZuperClient zuper, KeyMapStore keyMap)
{
    /// <summary>Asks a person about those that seem to be booked; the others are left out.</summary>
    public async Task LookAsync(InvoicePass pass, CancellationToken cancellationToken)
    {
        var works = pass.OpenOf<InvoiceDecision.CheckGone>();
        if (works.Count == 0)
            return;
        var found = await NamedInvoices.FindAsync(pass, links, works.Select(w => CheckOf(w).SageId), cancellationToken);
        foreach (var work in works)
        {
            var check = CheckOf(work);
            var free = found.Free(check.SageId).ToList();
            var customerId =
                free.Count == 0
                    ? null
                    : await InvoiceCustomers.KnownAsync(
                        keyMap,
                        pass.Batch.Connection.Id,
                        work.Invoice!,
                        cancellationToken
                    );
            var booked = free.Find(b => MayBe(b, check.SageId, work.Invoice!, customerId, pass.Settings));
            if (booked is null)
                work.Decision = Skip(
                    check,
                    $"no posted invoice in Intacct that is nobody's and is like it has {check.SageId}, the Sage id "
                        + "that it shows"
                );
            else if (await CarrierAsync(pass, work, cancellationToken) is { } carrier)
                work.Decision = Skip(
                    check,
                    $"the invoice {carrier} in Zuper shows the Sage id {check.SageId} too and is in use, so it is "
                        + "that one's"
                );
            else if (work.IsOpen)
                work.Fail(
                    InvoiceStatus.Gone(work.Invoice) is null
                        ? InvoiceMatchProblems.DraftAndBooked(check.How, booked)
                        : InvoiceMatchProblems.StillBooked($"It is {check.How} in Zuper", booked)
                );
        }
    }

    /// <summary>
    /// Whether an invoice in Intacct may be its counterpart: it is posted, and nothing that is known of the two
    /// differs. Pure.
    /// </summary>
    /// <param name="booked">As Intacct has it.</param>
    /// <param name="sageId">The id that it is known by.</param>
    /// <param name="invoice">As Zuper has it.</param>
    /// <param name="customerId">The customer that it is for; null where no row tells.</param>
    /// <param name="settings">The connection's.</param>
    internal static bool MayBe(
        BookedInvoice booked,
        string sageId,
        ZuperInvoice invoice,
        string? customerId,
        ZuperConnectionSettings settings
    ) =>
        IsLike(booked, sageId, invoice, customerId, settings)
        && InvoiceLinkCheck.AmountOf(invoice, settings) is var amount
        && (amount is null || amount == booked.Total);

    /// <summary>
    /// The same, whatever it comes to: the amount of one that is linked may have changed in Zuper. One that has the
    /// Sage id as its number must be of about the same date. Pure.
    /// </summary>
    internal static bool IsLike(
        BookedInvoice booked,
        string sageId,
        ZuperInvoice invoice,
        string? customerId,
        ZuperConnectionSettings settings
    ) =>
        booked.State is not (BookedState.Reversed or BookedState.Draft)
        && (customerId is null || string.Equals(booked.CustomerId, customerId, StringComparison.OrdinalIgnoreCase))
        && booked.IsIn(settings.Invoice.Currency)
        && (
            booked.TargetId == sageId
            || InvoiceMapper.DateOf(invoice.InvoiceDate, settings) is not { } date
            || booked.IsDatedNear(date)
        );

    private static InvoiceDecision.CheckGone CheckOf(InvoiceWork work) => (InvoiceDecision.CheckGone)work.Decision!;

    private static InvoiceDecision.Skip Skip(InvoiceDecision.CheckGone check, string why) =>
        new($"It is {check.How} in Zuper and was never synced; {why}.");

    /// <summary>
    /// Another invoice in Zuper that shows the same id and is in use: this one is a copy of it. A draft counts only if
    /// this one is a draft that was made later. Where Zuper can't be asked the record ends, and comes again.
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
            var chosen = pass.Settings.Invoice.Statuses;
            return carriers
                .FirstOrDefault(c =>
                    c.Uid != work.SourceId
                    && InvoiceStatus.Gone(c) is null
                    && (
                        !InvoiceStatus.IsDraft(c, chosen)
                        || (InvoiceStatus.IsDraft(work.Invoice, chosen) && c.CreatedAt < work.Invoice!.CreatedAt)
                    )
                )
                ?.Uid;
        }
        catch (ZuperException e)
        {
            work.Fail(Failures.Of(e));
            return null;
        }
    }
}
