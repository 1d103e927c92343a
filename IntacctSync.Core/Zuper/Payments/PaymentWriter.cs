using System.Globalization;
using System.Text.Json;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>
/// Records and voids one payment in Zuper until the wanted sum stands on each invoice. It reads the invoice, takes one
/// step, and reads the invoice again.
/// </summary>
public sealed class PaymentWriter(ZuperClient zuper, AppWriter writer, TimeProvider time)
{
    /// <summary>More than any payment needs, which is to void a few and to record one.</summary>
    private const int MostSteps = 10;

    /// <summary>Goes through the payment's invoices, one after the other.</summary>
    /// <returns>The row as it is to be stored, and the failure, if there was one. An invoice that needs a person does
    /// not hold up the others. Any other failure ends the payment there, and is returned even where an invoice before
    /// it needs a person.</returns>
    internal async Task<WriteOutcome> WriteAsync(
        FlowBatch batch,
        PaymentWork payment,
        CancellationToken cancellationToken
    )
    {
        Failure? failure = null;
        var entry = payment.Entry;
        var others = payment.Rest is null ? PaymentPart.Of(entry).Select(p => p.Invoice) : [];
        var invoices = payment.Sums!.ByInvoice.Keys.Concat(others).Distinct(StringComparer.Ordinal).ToList();
        foreach (var uid in invoices)
        {
            var outcome = await WriteAsync(batch, entry, payment, uid, cancellationToken);
            entry = outcome.Entry;

            // The last write may not have landed, or nobody answers: nothing more is written now. The payment comes
            // again by itself, and then finds again what needs a person.
            if (outcome.Failure is not (null or { Class: FailureClass.Data }))
                return outcome;
            failure ??= outcome.Failure;
        }

        return new WriteOutcome(entry, WithRest(payment, entry, failure));
    }

    /// <summary>
    /// What is not clear ends the payment as well. What passes by itself goes first: the payment comes again, and then
    /// finds again what needs a person.
    /// </summary>
    private static Failure? WithRest(PaymentWork payment, KeyMapEntry entry, Failure? failure) =>
        payment.Rest switch
        {
            null => failure,
            { Class: not FailureClass.Data } passing => passing,
            var rest when failure is null && PaymentPart.Of(entry).Any(p => p.Amount > 0) => rest with
            {
                Problem = rest.Problem with
                {
                    Fix =
                        $"{rest.Problem.Fix} The other invoices of this payment have theirs: do not set it to ignored, "
                        + "since a reversal would not reach them.",
                },
            },
            var rest => failure ?? rest,
        };

    private async Task<WriteOutcome> WriteAsync(
        FlowBatch batch,
        KeyMapEntry entry,
        PaymentWork payment,
        string uid,
        CancellationToken cancellationToken
    )
    {
        var priority = payment.Record.Bulk ? RequestPriority.Bulk : RequestPriority.Live;
        var wanted = payment.Sums!.ByInvoice.GetValueOrDefault(uid);
        try
        {
            for (var i = 0; i < MostSteps; i++)
            {
                var invoice = await zuper.GetInvoiceAsync(batch.Access.Zuper(), uid, priority, cancellationToken);
                var part = PaymentPart.Of(entry).FirstOrDefault(p => p.Invoice == uid) ?? new PaymentPart(uid, 0, 0);
                switch (PaymentStep.For(payment.SourceId, wanted, invoice, part.Time, IsShared(payment)))
                {
                    case PaymentStep.Done done:
                        return new WriteOutcome(
                            Settled(
                                entry,
                                part with
                                {
                                    Amount = wanted,
                                    Time = Math.Max(done.Time, part.Time),
                                    Found = false,
                                    FoundOn = null,
                                }
                            ),
                            null
                        );
                    case PaymentStep.Reject reject:
                        return new WriteOutcome(
                            entry,
                            new Failure(FailureClass.Data, reject.Problem) { MayPass = reject.MayPass }
                        );
                    case PaymentStep.Void when payment.Rest is { } rest:
                        return new WriteOutcome(entry, rest);
                    case PaymentStep.Void when payment.Held is { } held:
                        return new WriteOutcome(entry, new Failure(FailureClass.Data, held));
                    case PaymentStep.Void step:
                        var voided = await writer.WriteAsync(
                            batch.Connection,
                            VoidWrite(batch, entry, invoice!, part, step, priority),
                            cancellationToken
                        );
                        entry = voided.Entry;
                        if (voided.Failure is not null)
                            return voided;
                        break;
                    case PaymentStep.Record step:
                        var mapped = PaymentMapper.Map(payment.Payment!, wanted, step.Time, batch.Connection.Zuper());
                        if (mapped is not Mapped<ZuperPayment>.Document document)
                            return new WriteOutcome(
                                entry,
                                new Failure(FailureClass.Data, ((Mapped<ZuperPayment>.Rejected)mapped).Problem)
                            );
                        var recorded = await writer.WriteAsync(
                            batch.Connection,
                            RecordWrite(
                                batch,
                                entry,
                                invoice!,
                                part with
                                {
                                    Time = step.Time,
                                },
                                document.Value,
                                priority
                            ),
                            cancellationToken
                        );

                        // Zuper has said that it recorded the payment, so the invoice is not read again.
                        return recorded.Failure is { } failure
                            ? recorded with
                            {
                                Failure = Explained(failure),
                            }
                            : recorded;
                }
            }

            return new WriteOutcome(
                entry,
                new Failure(
                    FailureClass.Unknown,
                    new Problem(
                        "payment-unsettled",
                        $"Payment {payment.SourceId} did not come to stand on a Zuper invoice in "
                            + $"{MostSteps} steps.",
                        "Look at the invoice's payments in Zuper, then retry."
                    )
                )
            );
        }
        catch (ZuperException e)
        {
            return new WriteOutcome(entry, Failures.Of(e));
        }
    }

    private static bool IsShared(PaymentWork payment) => payment.Sums!.ByInvoice.Count > 1 || payment.Rest is not null;

    private static KeyMapEntry Settled(KeyMapEntry entry, PaymentPart part) =>
        part.Time == 0 ? entry : part.In(entry with { TargetId = PaymentMapper.Reference(entry.Key.SourceId, 1) });

    /// <summary>
    /// The row before a write. Its hash is gone until all writes have landed, so that a payment that is cut off between
    /// them is not taken for unchanged.
    /// </summary>
    private static KeyMapEntry Begun(KeyMapEntry entry) => entry with { Hash = null };

    private AppWrite RecordWrite(
        FlowBatch batch,
        KeyMapEntry entry,
        ZuperInvoice invoice,
        PaymentPart part,
        ZuperPayment payment,
        RequestPriority priority
    ) =>
        new(
            ZuperWrites.App,
            // The row names the invoice before anything is sent: whatever becomes of it, a reversal will look there.
            Begun(Settled(entry, part with { Amount = 0 })),
            Intent.Create,
            $"record {payment.ReferenceNo}",
            JsonSerializer.Serialize(payment),
            null,
            payment.ReferenceNo,
            ZuperWrites.Answering(async token =>
            {
                await zuper.RecordPaymentAsync(batch.Access.Zuper(), invoice.Uid, payment, priority, token);
                return null;
            }),
            (row, _) =>
                (part with { Amount = payment.Amount, Found = false, FoundOn = null })
                    .In(row)
                    .Note(
                        time.GetUtcNow(),
                        "recorded",
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{payment.Amount:0.00##} on invoice {invoice.DisplayNumber ?? invoice.Uid} as "
                                + $"{payment.ReferenceNo}{OutOfStatus(invoice)}"
                        )
                    )
        );

    private AppWrite VoidWrite(
        FlowBatch batch,
        KeyMapEntry entry,
        ZuperInvoice invoice,
        PaymentPart part,
        PaymentStep.Void step,
        RequestPriority priority
    ) =>
        new(
            ZuperWrites.App,
            Begun(entry),
            Intent.Void,
            $"void {step.Reference}",
            JsonSerializer.Serialize(step),
            null,
            step.Reference,
            ZuperWrites.Answering(async token =>
            {
                await zuper.VoidPaymentAsync(batch.Access.Zuper(), step.TransactionUid, priority, token);
                return null;
            }),
            (row, _) =>
                (part with { Amount = 0 })
                    .In(row)
                    .Note(
                        time.GetUtcNow(),
                        "voided",
                        $"{step.Reference} on invoice {invoice.DisplayNumber ?? invoice.Uid}{OutOfStatus(invoice)}"
                    )
        );

    /// <summary>
    /// Zuper records a payment by giving the invoice a status, so one that was written off or closed comes out of that.
    /// </summary>
    private static string OutOfStatus(ZuperInvoice invoice) =>
        InvoiceStatus.IsAtRest(invoice)
            ? $". The invoice was {InvoiceStatus.InWords(invoice.Status)} in Zuper, and has another status by this: "
                + "give it that one again there if it still holds."
            : "";

    private static Failure Explained(Failure failure) =>
        failure.Problem is { Code: "zuper-refused" } refused
        && refused.Message.Contains("Payment Mode", StringComparison.OrdinalIgnoreCase)
            ? failure with
            {
                Problem = new Problem(
                    "payment-mode-refused",
                    refused.Message,
                    "Correct paymentModes or defaultPaymentModeUid: Zuper's support tells the uids of payment "
                        + "modes. Then retry all with this cause."
                ),
            }
            : failure;
}
