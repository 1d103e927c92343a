using System.Globalization;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Zuper.Invoices;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>
/// Holds the payments that stand on invoices in Zuper under a reference of this program against the rows of these
/// payments. What no row knows, as after the loss of the store, is put into the payment's row, which is then looked at:
/// else what no longer counts in Intacct would be taken for never recorded, and would stay in Zuper.
/// </summary>
public sealed class ShownPayments(KeyMapStore keyMap, PaymentEnvelopes envelopes, TimeProvider time)
{
    /// <summary>
    /// Sends for the payments of invoices that a row does not know, and for all that stand on invoices that are linked
    /// anew: those may be payments of the invoice that they were linked to before.
    /// </summary>
    /// <param name="pass">The pass that the invoices are on.</param>
    /// <param name="works">Invoices that are linked, or about to be.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal async Task SendForAsync(
        InvoicePass pass,
        IEnumerable<InvoiceWork> works,
        CancellationToken cancellationToken
    )
    {
        if (pass.Shadow || !pass.Settings.SyncPayments)
            return;
        var shown = works.SelectMany(w => Of(w, pass.Settings)).ToLookup(s => s.RecordNo, StringComparer.Ordinal);
        if (shown.Count == 0)
            return;
        var connection = pass.Batch.Connection;
        var now = time.GetUtcNow();
        var rows = await keyMap.GetManyAsync(
            connection.Id,
            ZuperFlows.Payments,
            [.. shown.Select(s => s.Key)],
            cancellationToken
        );
        var taken = rows
            .Values.Select(row =>
                (Row: row, Unknown: shown[row.Key.SourceId].Where(s => IsUnknown(row, s.Part)).ToList())
            )
            .Where(r => r.Unknown.Count > 0)
            .ToDictionary(r => r.Row.Key.SourceId, r => Taken(r.Row, r.Unknown, now), StringComparer.Ordinal);

        // The envelopes go first: one too many does no harm, and a row that nobody looks at would wait for ever.
        await envelopes.SendAsync(
            connection,
            [
                .. shown
                    .Where(s => taken.ContainsKey(s.Key) || s.Any(p => p.Work.IsLinkedAnew))
                    .Select(s => (s.Key, EventIds.PaymentShown(connection.Id, s.Key, s.First().Part.Invoice, now))),
            ],
            cancellationToken
        );
        var saved = await keyMap.SaveAsync([.. taken.Values], cancellationToken);
        foreach (var work in taken.Keys.Where(n => !saved.ContainsKey(n)).SelectMany(n => shown[n]).Select(s => s.Work))
            work.Fail(Failures.Conflict);
    }

    /// <summary>
    /// What stands on an invoice under references of this program, a part for each payment. Pure.
    /// </summary>
    private static IEnumerable<Shown> Of(InvoiceWork work, ZuperConnectionSettings settings) =>
        work.Invoice is not { IsDeleted: false } invoice
            ? []
            : invoice
                .Payments.Where(p => !p.IsVoid)
                .Select(p => (Payment: p, Of: PaymentMapper.PaymentOf(p.ReferenceNo)))
                .Where(p => p.Of is not null)
                .GroupBy(p => p.Of!.Value.RecordNo, StringComparer.Ordinal)
                .Select(g => new Shown(
                    work,
                    g.Key,
                    new PaymentPart(
                        invoice.Uid,
                        InvoiceReading.Rounded(g.Sum(p => p.Payment.Amount ?? 0)),
                        g.Max(p => p.Of!.Value.Time)
                    )
                    {
                        Found = true,
                        FoundOn = g.Select(p => InvoiceMapper.DateOf(p.Payment.Date, settings)).Distinct().ToList()
                            is [var day]
                            ? day
                            : null,
                    }
                ));

    /// <summary>
    /// Whether the row does not know of it, or has left it there while the invoice was deleted. A write without an
    /// outcome is settled first. What the row has voided (amount 0, the same or a later time) is known: Zuper may show
    /// it a little longer.
    /// </summary>
    private static bool IsUnknown(KeyMapEntry row, PaymentPart part) =>
        row is { Ignored: false, Intent: null }
        && part.Amount > 0
        && !PaymentPart
            .Of(row)
            .Any(p => p.Invoice == part.Invoice && !p.Left && (p.Stands || (p.Time > 0 && p.Time >= part.Time)));

    private static KeyMapEntry Taken(KeyMapEntry row, IReadOnlyList<Shown> unknown, DateTimeOffset now)
    {
        var taken = row with { TargetId = PaymentMapper.Reference(row.Key.SourceId, 1), Hash = null };
        foreach (var (work, _, part) in unknown)
        {
            // What was left on a deleted invoice is the row's own, so nobody is asked whether it is.
            var left = PaymentPart.Of(row).FirstOrDefault(p => p.Invoice == part.Invoice && p.Left);
            taken = (left is null ? part : left with { Amount = part.Amount, Time = part.Time, Left = false })
                .In(taken)
                .Note(
                    now,
                    "found",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Zuper shows {part.Amount:0.00##} of it on invoice "
                            + $"{work.Invoice!.DisplayNumber ?? part.Invoice}, "
                            + $"{(left is null ? "which its row did not know" : "which was deleted and is restored")}."
                    )
                );
        }

        return taken.Wait(now, now, "What stands in Zuper is held against Intacct.");
    }

    private sealed record Shown(InvoiceWork Work, string RecordNo, PaymentPart Part);
}
