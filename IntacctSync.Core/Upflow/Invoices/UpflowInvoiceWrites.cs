using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Records;
using IntacctSync.Core.Waiting;

namespace IntacctSync.Core.Upflow.Invoices;

/// <summary>Makes and changes invoices in Upflow, and takes them out.</summary>
public sealed class UpflowInvoiceWrites(UpflowClient upflow, AppWriter writer, TimeProvider time)
{
    internal async Task PutAsync(RecordPass pass, IReadOnlyList<InvoiceWrite> due, CancellationToken cancellationToken)
    {
        await writer.WriteAllAsync(pass, [.. due.Select(d => Plan(pass, d))], cancellationToken);
        foreach (var write in due)
            ExplainRefusal(pass, write.Work.SourceId);
    }

    internal async Task RemoveAsync(
        RecordPass pass,
        IReadOnlyList<(RecordWork Work, string Reason)> due,
        CancellationToken cancellationToken
    )
    {
        await writer.WriteAllAsync(pass, [.. due.Select(d => Plan(pass, d.Work, d.Reason))], cancellationToken);
        foreach (var (work, _) in due)
            ExplainRefusal(pass, work.SourceId);
    }

    /// <summary>The row with what the flow keeps once both sides are equal.</summary>
    internal static KeyMapEntry Kept(RecordPass pass, KeyMapEntry row, InvoiceWrite write)
    {
        var parts = InvoiceParts.Of(row.Parts);
        var due = InvoicePdfs.IsDue(pass.Batch.Connection.Upflow(), parts, write.Source, write.Hash);
        return row with
        {
            Hash = write.Hash,
            Adopted = false,
            AttachedTo = write.Source.CustomerId,
            Waits = [],
            WriteBack = due ? WriteBack.Due : row.WriteBack,
            Parts = (
                parts with
                {
                    IsOfOrderEntry = write.Source.Head.ModuleKey is null ? null : write.Source.MadeByOrderEntry,
                    Printed = due ? write.Hash : parts.Printed,
                    PrintedAt = parts.Printed is null && !due ? null : InvoicePdfs.Mark(write.Source),

                    // Another invoice of Upflow may be linked now, which has no PDF of ours.
                    PrintedContents = row.Adopted ? null : parts.PrintedContents,
                }
            ).ToString(),
        };
    }

    private AppWrite Plan(RecordPass pass, InvoiceWrite write)
    {
        var entry = pass[write.Work.SourceId];
        var isNew = entry.TargetId is null;
        return new AppWrite(
            UpflowWrites.App,
            entry,
            isNew ? Intent.Create : Intent.Update,
            isNew ? "create invoice" : "update invoice",
            write.Document.Body().ToJsonString(),
            write.Hash,
            write.Document.ExternalId,
            UpflowWrites.Answering(async token =>
                UpflowReference.TargetIdOf(
                    await upflow.PutInvoiceAsync(
                        pass.Batch.Access.Upflow(),
                        write.Document,
                        new UpflowTurn(write.Source.CustomerId, UpflowWrites.PriorityOf(write.Work)),
                        token
                    ),
                    write.Document.ExternalId
                )
            ),
            (row, target) =>
                (Kept(pass, PrintedOf(row, target), write) with { TargetId = target })
                    .Sync(
                        time.GetUtcNow(),
                        isNew ? "created" : "updated",
                        (isNew ? "Made in Upflow." : "Changed in Upflow.") + Rounded(write)
                    )
                    .Handled(write.Work.EventIds)
        )
        {
            SettleAfter = UpflowWrites.SettleAfter,
        };
    }

    /// <summary>Says it where the amount has more decimals than its currency.</summary>
    private static string Rounded(InvoiceWrite write) =>
        UpflowMoney.IsWhole(write.Source.Gross, write.Document.Currency)
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $" Its {write.Source.Gross:0.00##} {write.Document.Currency} are "
                    + $"{UpflowMoney.FromSmallest(write.Document.GrossAmount, write.Document.Currency):0.####} there, "
                    + $"as the currency has no such fraction."
            );

    /// <summary>An invoice that was deleted in Upflow lost its PDF with it, and is made anew without one.</summary>
    private static KeyMapEntry PrintedOf(KeyMapEntry row, string? target) =>
        row.TargetId is { } before && before != target
            ? row with
            {
                Parts = (
                    InvoiceParts.Of(row.Parts) with
                    {
                        Printed = null,
                        PrintedAt = null,
                        PrintedContents = null,
                    }
                ).ToString(),
            }
            : row;

    private AppWrite Plan(RecordPass pass, RecordWork work, string reason)
    {
        var entry = pass[work.SourceId];
        var target = entry.TargetId is { } id
            ? new UpflowReference(id)
            : UpflowReference.OfExternalId(entry.NaturalKey!);
        return new AppWrite(
            UpflowWrites.App,
            entry,
            Intent.Reverse,
            "delete invoice",
            "{}",
            null,
            entry.NaturalKey,
            UpflowWrites.Answering(async token =>
            {
                await upflow.DeleteAsync(
                    pass.Batch.Access.Upflow(),
                    UpflowKind.Invoice,
                    target,
                    new UpflowTurn(entry.AttachedTo ?? "", UpflowWrites.PriorityOf(work)),
                    token
                );
                return null;
            }),
            (row, _) =>
                (
                    row with
                    {
                        TargetId = null,
                        NaturalKey = null,
                        Hash = null,
                        Adopted = false,
                        Waits = [],
                        WriteBack = WriteBack.None,
                        Parts = null,
                    }
                )
                    .Skip(time.GetUtcNow(), $"{reason} Its invoice in Upflow is deleted.")
                    .Handled(work.EventIds)
        )
        {
            SettleAfter = UpflowWrites.SettleAfter,
        };
    }

    /// <summary>
    /// Upflow refuses an amount below what is linked, and may refuse to delete what is linked [assumed]. The link that
    /// is in the way goes when its payment is looked at; then the invoice comes again, by the name that its row keeps.
    /// </summary>
    private static void ExplainRefusal(RecordPass pass, string sourceId)
    {
        if (
            pass.Failures[sourceId] is not { Class: FailureClass.Data, Problem.Code: "upflow-refused" } refused
            || pass[sourceId] is { TargetId: null, NaturalKey: null }
        )
            return;
        pass.Put(pass[sourceId] with { Waits = [new ParentKey(UpflowFlows.Invoices, sourceId).ToString()] });
        pass.Fail(sourceId, refused with { MayPass = true });
    }
}
