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
            pass.Records,
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
                work.Held = wanted.Held ?? Lost(work.Entry, sums);
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

    private static bool IsLessened(KeyMapEntry entry, PaymentSums sums) =>
        PaymentPart.Of(entry).Any(p => p.Amount > sums.ByInvoice.GetValueOrDefault(p.Invoice));

    private static bool IsNews(KeyMapEntry before, PaymentSums sums) =>
        !sums.Unlinked.SequenceEqual(before.Waits, StringComparer.Ordinal);

    /// <summary>
    /// A payment stands on an invoice in Zuper that none of its invoices is known to be, and one of its invoices is not
    /// linked: that one may be the very invoice, so nothing is voided. Pure.
    /// </summary>
    internal static Problem? Lost(KeyMapEntry entry, PaymentSums sums) =>
        sums.LeftOut.Count == 0 || !IsLessened(entry, sums)
            ? null
            : new Problem(
                "payment-invoice-lost",
                $"Payment {entry.Title} (RECORDNO {entry.Key.SourceId}) stands on an invoice in Zuper that "
                    + $"none of its invoices in Intacct is known to be any more. {string.Join(' ', sums.LeftOut)}",
                "Link the invoice of Zuper to its RECORDNO by hand, then retry. If the payment was taken off "
                    + "that invoice, void it in Zuper by hand, then retry."
            );
}
