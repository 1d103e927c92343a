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

    private readonly PaymentWrites _writes = new(zuper, time);

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
        var statusGiven = false;
        try
        {
            for (var i = 0; i < MostSteps; i++)
            {
                var invoice = await zuper.GetInvoiceAsync(batch.Access.Zuper(), uid, priority, cancellationToken);
                var part = PaymentPart.Of(entry).FirstOrDefault(p => p.Invoice == uid) ?? new PaymentPart(uid, 0, 0);
                switch (PaymentStep.For(payment.SourceId, wanted, invoice, part, IsShared(payment)))
                {
                    case PaymentStep.Done done:
                        return new WriteOutcome(
                            PaymentWrites.Settled(
                                entry,
                                new PaymentPart(uid, done.Left ?? wanted, Math.Max(done.Time, part.Time))
                                {
                                    Left = done.Left is not null,
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
                    case PaymentStep.Void { Anew: true } when Map(wanted, 1) is Mapped<ZuperPayment>.Rejected rejected:
                        return new WriteOutcome(entry, new Failure(FailureClass.Data, rejected.Problem));
                    case PaymentStep.Void step:
                        var voided = await writer.WriteAsync(
                            batch.Connection,
                            _writes.Void(batch, entry, invoice!, part, step, priority),
                            cancellationToken
                        );
                        entry = voided.Entry;

                        // A void that was refused has ended no status.
                        if (voided.Failure is not null)
                            return entry.Intent is null ? voided with { Entry = part.In(entry) } : voided;
                        statusGiven = false;
                        break;
                    case PaymentStep.GiveStatus step when statusGiven:
                        return new WriteOutcome(entry, StatusLost(invoice!, step.Status, null));
                    case PaymentStep.GiveStatus step:
                        var kept = await writer.WriteAsync(
                            batch.Connection,
                            _writes.GiveStatus(batch, entry, invoice!, step.Status, priority),
                            cancellationToken
                        );
                        entry = kept.Entry;
                        if (kept.Failure is { } refused)
                            return kept with { Failure = StatusLost(invoice!, step.Status, refused) };
                        statusGiven = true;
                        break;
                    case PaymentStep.Record step:
                        var mapped = Map(step.Amount, step.Time);
                        if (mapped is not Mapped<ZuperPayment>.Document document)
                            return new WriteOutcome(
                                entry,
                                new Failure(FailureClass.Data, ((Mapped<ZuperPayment>.Rejected)mapped).Problem)
                            );
                        var recorded = await writer.WriteAsync(
                            batch.Connection,
                            _writes.Record(
                                batch,
                                entry,
                                invoice!,
                                new PaymentPart(uid, wanted, step.Time),
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

        Mapped<ZuperPayment> Map(decimal amount, int number) =>
            PaymentMapper.Map(payment.Payment!, amount, number, batch.Connection.Zuper());
    }

    private static bool IsShared(PaymentWork payment) => payment.Sums!.ByInvoice.Count > 1 || payment.Rest is not null;

    /// <summary>A void has ended the status of its invoice, which Zuper does not give it again.</summary>
    /// <param name="invoice">As Zuper has it now.</param>
    /// <param name="status">The one that it had.</param>
    /// <param name="refused">Why it was not given; null where Zuper has taken it and does not show it.</param>
    private static Failure StatusLost(ZuperInvoice invoice, string status, Failure? refused) =>
        refused is { Class: not FailureClass.Data }
            ? refused
            : new Failure(
                FailureClass.Data,
                new Problem(
                    "zuper-status-not-kept",
                    $"Invoice {invoice.DisplayNumber ?? invoice.Uid} was {InvoiceStatus.InWords(status)} in Zuper. Its "
                        + $"payment was voided, and Zuper has it {InvoiceStatus.InWords(invoice.Status)} since. "
                        + (
                            refused is null
                                ? "It took the former status and does not show it."
                                : $"It refuses the former status: {refused.Problem.Message}"
                        ),
                    $"Give the invoice the status {status} in Zuper, then retry. If it is owed after all, ignore this "
                        + "payment."
                )
            )
            {
                MayPass = refused is null,
            };

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
