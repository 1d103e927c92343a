using System.Globalization;
using System.Text.Json;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>
/// Brings one payment to stand in Zuper as it is to: on each invoice it reads what stands there, takes one step, and
/// looks again.
/// </summary>
public sealed class PaymentWriter(ZuperClient zuper, AppWriter writer, TimeProvider time)
{
    /// <summary>More than any payment needs: void a few, record one.</summary>
    private const int MostSteps = 10;

    private const string VoidOperation = "void";

    /// <returns>The row as it is to be stored, and what went wrong if anything did: what must be tried again before
    /// what needs a person. After the latter the other invoices are gone on with.</returns>
    internal async Task<WriteOutcome> CarryAsync(
        FlowBatch batch,
        KeyMapEntry entry,
        PaymentWork payment,
        CancellationToken cancellationToken
    )
    {
        Failure? failure = null;
        var invoices = payment
            .ByInvoice.Keys.Concat(PaymentPart.Of(entry).Select(p => p.Invoice))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        foreach (var uid in invoices)
        {
            var outcome = await OneAsync(batch, entry, payment, uid, cancellationToken);
            entry = outcome.Entry;

            // Nothing more is written for a record whose last write is not known to have landed; nor where nobody
            // answers. That goes before what needs a person: the record must come again by itself, and finds the rest
            // then.
            if (outcome.Failure is not (null or { Class: FailureClass.Data }))
                return outcome;
            failure ??= outcome.Failure;
        }

        return new WriteOutcome(entry, failure);
    }

    private async Task<WriteOutcome> OneAsync(
        FlowBatch batch,
        KeyMapEntry entry,
        PaymentWork payment,
        string uid,
        CancellationToken cancellationToken
    )
    {
        var priority = payment.Work.Bulk ? RequestPriority.Bulk : RequestPriority.Live;
        var wanted = payment.ByInvoice.GetValueOrDefault(uid);
        try
        {
            for (var i = 0; i < MostSteps; i++)
            {
                var invoice = await zuper.GetInvoiceAsync(batch.Access.Zuper(), uid, priority, cancellationToken);
                var part = PaymentPart.Of(entry).FirstOrDefault(p => p.Invoice == uid) ?? new PaymentPart(uid, 0, 0);
                switch (PaymentStep.For(payment.Work.SourceId, wanted, invoice, part.Time, payment.ByInvoice.Count > 1))
                {
                    case PaymentStep.Done done:
                        return new WriteOutcome(
                            Settled(entry, part with { Amount = wanted, Time = Math.Max(done.Time, part.Time) }),
                            null
                        );
                    case PaymentStep.Reject reject:
                        return new WriteOutcome(entry, new Failure(FailureClass.Data, reject.Problem));
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

                        // Not read again: what Zuper said that it recorded stands there.
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
                        $"Payment {payment.Work.SourceId} did not come to stand on a Zuper invoice in "
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

    private static KeyMapEntry Settled(KeyMapEntry entry, PaymentPart part) =>
        part.Time == 0 ? entry : part.In(entry with { TargetId = PaymentMapper.Reference(entry.Key.SourceId, 1) });

    /// <summary>What stands is not known to be right from the first write on until the last has landed.</summary>
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
            // The row knows of the invoice before it is sent: whatever becomes of it, a reversal will look there.
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
                (part with { Amount = payment.Amount })
                    .In(row)
                    .Note(
                        time.GetUtcNow(),
                        "recorded",
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{payment.Amount:0.00##} on invoice {invoice.DisplayNumber ?? invoice.Uid} as "
                                + $"{payment.ReferenceNo}"
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
            VoidOperation,
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
                        $"{step.Reference} on invoice {invoice.DisplayNumber ?? invoice.Uid}"
                    )
        );

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
