using System.Globalization;
using System.Text.Json;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>The writes to Zuper that a payment's steps come to, with what its row says before and after each.</summary>
internal sealed class PaymentWrites(ZuperClient zuper, TimeProvider time)
{
    /// <param name="batch">Of the payment.</param>
    /// <param name="entry">Its row.</param>
    /// <param name="invoice">The invoice as Zuper has it.</param>
    /// <param name="part">The payment as it is to stand there.</param>
    /// <param name="payment">What is sent.</param>
    /// <param name="priority">Of the call.</param>
    public AppWrite Record(
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
                part.In(row)
                    .Note(
                        time.GetUtcNow(),
                        "recorded",
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{payment.Amount:0.00##} on invoice {NameOf(invoice)} as "
                                + $"{payment.ReferenceNo}{OutOfStatus(invoice)}"
                        )
                    )
        );

    /// <summary>
    /// Zuper gives the invoice of a payment that is voided the status of one that is owed. One that a person had chosen
    /// is kept in the row before the void is sent, and given to the invoice again after it.
    /// </summary>
    public AppWrite Void(
        FlowBatch batch,
        KeyMapEntry entry,
        ZuperInvoice invoice,
        PaymentPart part,
        PaymentStep.Void step,
        RequestPriority priority
    )
    {
        part = part with
        {
            Time = Math.Max(part.Time, PaymentMapper.TimeOf(entry.Key.SourceId, step.Reference) ?? 1),
            Kept = InvoiceStatus.FollowsPayments(invoice.Status)
                ? null
                : new StatusToKeep(invoice.Status!, step.TransactionUid),
        };
        return new(
            ZuperWrites.App,
            Begun(Settled(entry, part)),
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
                    .Note(time.GetUtcNow(), "voided", $"{step.Reference} on invoice {NameOf(invoice)}")
        );
    }

    public AppWrite GiveStatus(
        FlowBatch batch,
        KeyMapEntry entry,
        ZuperInvoice invoice,
        string status,
        RequestPriority priority
    ) =>
        new(
            ZuperWrites.App,
            Begun(entry),
            Intent.Update,
            $"status {status}",
            JsonSerializer.Serialize(new { invoice = invoice.Uid, status }),
            null,
            null,
            ZuperWrites.Answering(async token =>
            {
                await zuper.SetInvoiceStatusAsync(batch.Access.Zuper(), invoice.Uid, status, priority, token);
                return null;
            }),
            (row, _) =>
                row.Note(
                    time.GetUtcNow(),
                    "statusKept",
                    $"Invoice {NameOf(invoice)} is {InvoiceStatus.InWords(status)} again, which the void had ended."
                )
        );

    public static KeyMapEntry Settled(KeyMapEntry entry, PaymentPart part) =>
        part.Time == 0 ? entry : part.In(entry with { TargetId = PaymentMapper.Reference(entry.Key.SourceId, 1) });

    /// <summary>
    /// The row before a write. Its hash is gone until all writes have landed, so that a payment that is cut off between
    /// them is not taken for unchanged.
    /// </summary>
    private static KeyMapEntry Begun(KeyMapEntry entry) => entry with { Hash = null };

    private static string NameOf(ZuperInvoice invoice) => invoice.DisplayNumber ?? invoice.Uid;

    /// <summary>
    /// Zuper records a payment by giving the invoice a status, so one that was written off or closed comes out of that.
    /// </summary>
    private static string OutOfStatus(ZuperInvoice invoice) =>
        InvoiceStatus.IsAtRest(invoice)
            ? $". The invoice was {InvoiceStatus.InWords(invoice.Status)} in Zuper, and has another status by this: "
                + "give it that one again there if it still holds."
            : "";
}
