using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>Finds the Zuper invoices that payments pay.</summary>
public sealed class PaidInvoices(InvoiceLinks links)
{
    /// <summary>
    /// Gives each payment the sums that are to stand in Zuper. A payment ends that waits for all of its invoices, that
    /// pays none of Zuper, or that is from before the start and pays none that is linked.
    /// </summary>
    internal async Task FindAsync(PaymentPass pass, CancellationToken cancellationToken)
    {
        var works = pass.Open;
        var found = await links.FindAsync(
            pass.Batch.Connection,
            pass.Batch.Access.Intacct,
            [
                .. works
                    .Select(w => (PaymentDecision.CarryOver)w.Decision!)
                    .SelectMany(wanted => wanted.Invoices)
                    .Distinct(StringComparer.Ordinal),
            ],
            cancellationToken
        );
        var waiting = new List<PaymentWork>();
        var learned = new List<KeyMapEntry>();
        var ofOthers = new List<KeyMapEntry>();
        foreach (var work in works)
        {
            var (before, wanted) = (work.Entry, (PaymentDecision.CarryOver)work.Decision!);
            var sums = PaymentSums.Of(wanted.ByInvoice, wanted.Unclear, found);
            work.Entry = before with { Waits = sums.Unlinked };
            work.Sums = sums;
            if (wanted.Early is { } early && !wanted.Invoices.Any(i => found[i].Uid is not null))
            {
                // Its row names its invoices, so that it comes again when one of them is linked.
                ofOthers.Add(work.Entry.Skip(pass.Now, early));
            }
            else if ((sums.Failure ?? NotWhole(work, wanted, sums)) is { } unclear)
            {
                // One invoice that is not clear does not hold up the others: their people have paid.
                work.Rest = unclear;
                if (sums.ByInvoice.Count == 0 || pass.Shadow)
                    waiting.Add(work);
                if (before.Stored is null || IsNews(before, sums) || work.Record.Entry.Intent is not null)
                    learned.Add(work.Entry);
            }
            else if (sums.ByInvoice.Count == 0 && before.TargetId is null)
            {
                ofOthers.Add(work.Entry.Skip(pass.Now, string.Join(' ', sums.LeftOut)));
            }
            else
            {
                work.Held =
                    wanted.Held
                    ?? Lost(work.Entry, sums, await ElsewhereAsync(pass, work.Entry, sums, cancellationToken))
                    ?? NotTheSame(work, sums);
                work.Hash =
                    wanted.Held is null && wanted.Unclear.Count + sums.LeftOut.Count == 0
                        ? PaymentMapper.HashOf(wanted.ByInvoice)
                        : null;
            }
        }

        await pass.Records.SaveAsync(learned, cancellationToken);
        foreach (var work in waiting.Where(w => w.IsOpen))
            work.Fail(work.Rest!);
        if (pass.Shadow)
            await pass.Records.SaveShadowAsync(ofOthers, cancellationToken);
        else
            await pass.Records.SaveFinalAsync(ofOthers, cancellationToken);
    }

    /// <summary>
    /// What Intacct does not show of a payment is no proof that it was taken off an invoice. A query may show a detail
    /// late, so the payment is looked at again before a person is asked. What was never recorded is not missed: it may
    /// belong to an entity that the user is not to see.
    /// </summary>
    private static Failure? NotWhole(PaymentWork work, PaymentDecision.CarryOver wanted, PaymentSums sums) =>
        wanted.Held is null
        && work.Payment is { } payment
        && work.Shown != ShownDetails.All
        && IsLessened(work.Entry, sums)
            ? new Failure(
                FailureClass.Data,
                new Problem(
                    "payment-details-missing",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Payment {payment.Title} (RECORDNO {payment.RecordNo}) paid {payment.Paid:0.00##} as Intacct "
                            + $"says; what it was applied to, as far as Intacct shows it, does not come to that."
                    ),
                    "Look at the payment in Intacct and check that the connection's user may see all that it was "
                        + "applied to, also what belongs to other entities; then retry."
                )
            )
            {
                MayPass = true,
            }
            : null;

    private static bool IsLessened(KeyMapEntry entry, PaymentSums sums) => Lessened(entry, sums).Any();

    private static IEnumerable<PaymentPart> Lessened(KeyMapEntry entry, PaymentSums sums) =>
        PaymentPart.Of(entry).Where(p => p.Stands && p.Amount > sums.ByInvoice.GetValueOrDefault(p.Invoice));

    /// <summary>
    /// Of the invoices in Zuper on which less is to stand, those that are linked to another invoice of Intacct than
    /// those that were left out.
    /// </summary>
    private async Task<IReadOnlySet<string>> ElsewhereAsync(
        PaymentPass pass,
        KeyMapEntry entry,
        PaymentSums sums,
        CancellationToken cancellationToken
    ) =>
        sums is { LeftOut.Count: 0 } or { AllShown: false } || !IsLessened(entry, sums)
            ? new HashSet<string>(StringComparer.Ordinal)
            : await links.LinkedElsewhereAsync(
                pass.Batch.Connection,
                pass.Batch.Access.Intacct,
                [.. Lessened(entry, sums).Select(p => p.Invoice)],
                sums.Unlinked,
                cancellationToken
            );

    private static bool IsNews(KeyMapEntry before, PaymentSums sums) =>
        !sums.Unlinked.SequenceEqual(before.Waits, StringComparer.Ordinal);

    /// <summary>
    /// A payment stands on an invoice in Zuper that none of its invoices is known to be, and one of its invoices is not
    /// linked: that one may be the very invoice, so nothing is voided. Pure.
    /// </summary>
    /// <param name="entry">The payment's row.</param>
    /// <param name="sums">What is to stand.</param>
    /// <param name="elsewhere">Uids of the invoices that are known to be none of those that are not linked.</param>
    internal static Problem? Lost(KeyMapEntry entry, PaymentSums sums, IReadOnlySet<string> elsewhere) =>
        sums.LeftOut.Count == 0 || Lessened(entry, sums).All(p => elsewhere.Contains(p.Invoice))
            ? null
            : new Problem(
                "payment-invoice-lost",
                $"Payment {entry.Title} (RECORDNO {entry.Key.SourceId}) stands on an invoice in Zuper that "
                    + $"none of its invoices in Intacct is known to be any more. {string.Join(' ', sums.LeftOut)}",
                "Link the invoice of Zuper to its RECORDNO by hand, then retry. If the payment was taken off "
                    + "that invoice, void it in Zuper by hand, then retry."
            );

    private static string DayOf(DateOnly? date) =>
        date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "a date that is not shown";

    /// <summary>
    /// What was found in Zuper under the payment's reference, and is not known to have its date, may be a payment of
    /// another company that was connected before: nothing of it is voided, be it more or less than what is to stand.
    /// </summary>
    /// <remarks>Of a payment that Intacct shows no more, the row may still know the date.</remarks>
    private static Problem? NotTheSame(PaymentWork work, PaymentSums sums)
    {
        var date = work.Payment?.ReceiptDate ?? work.Payment?.WhenPaid ?? work.Entry.Facts?.Date;
        return
            PaymentPart
                .Of(work.Entry)
                .FirstOrDefault(p =>
                    p is { Found: true, Stands: true }
                    && p.Amount != sums.ByInvoice.GetValueOrDefault(p.Invoice)
                    && (date is null || p.FoundOn != date)
                )
                is { } part
            ? new Problem(
                "payment-not-the-same",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Zuper shows {part.Amount:0.00##} of {DayOf(part.FoundOn)} as "
                        + $"{PaymentMapper.Reference(work.SourceId, part.Time)} on invoice {part.Invoice}. Payment "
                        + $"{work.Entry.Title} (RECORDNO {work.SourceId}) is of {DayOf(date)} and pays "
                        + $"{sums.ByInvoice.GetValueOrDefault(part.Invoice):0.00##} of that invoice."
                ),
                "If it is this payment, void it in Zuper by hand, then retry. If it is another one, such as one of "
                    + "another company of Intacct that was connected before, ignore this record."
            )
            : null;
    }
}
