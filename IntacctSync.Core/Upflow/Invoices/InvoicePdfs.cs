using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Invoices;

/// <summary>
/// Carries the PDFs of invoices over, after the invoices themselves, which they never hold up. One that fails for a
/// cause that may pass goes on by itself for as long as any record does; one that is refused a few times needs a
/// person. Where all are refused, people are told once, and the invoices stay as they are.
/// </summary>
/// <param name="intacct">Prints them.</param>
/// <param name="contents">Says whether a document has changed since it was printed.</param>
/// <param name="upflow">Takes them.</param>
/// <param name="circuit">Knows whether all are refused.</param>
/// <param name="keyMap">Keeps which are due.</param>
/// <param name="queue">Brings back what failed.</param>
/// <param name="rehearsal">Takes the writes where nothing is to be sent; null on the real road.</param>
public sealed class InvoicePdfs(
    IntacctClient intacct,
    InvoiceContents contents,
    UpflowClient upflow,
    PdfCircuit circuit,
    KeyMapStore keyMap,
    IEnvelopeQueue queue,
    Rehearsal? rehearsal = null
)
{
    /// <summary>How often the PDF of an invoice is refused before a person is asked.</summary>
    private const int MostRefusals = 5;

    /// <summary>How often a pause is doubled at most: to five hours and twenty minutes.</summary>
    private const int MostDoublings = 6;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(5);

    /// <summary>How late the envelope of a PDF may come. One that is later was handled for another cause.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Whether an invoice's PDF may have to be sent: what is carried of the document has changed since, or its time of
    /// change. What else it says is compared before it is printed.
    /// </summary>
    internal static bool IsDue(
        UpflowConnectionSettings settings,
        InvoiceParts parts,
        Receivable document,
        string hash
    ) =>
        settings.SyncPdfs
        && document.IsInvoice
        && (parts.Printed != hash || (parts.PrintedAt is { } at && ChangedIn(at) != Mark(document)));

    /// <summary>The document's time of change.</summary>
    internal static string Mark(Receivable document) => document.Head.WhenModified?.Trim() ?? "";

    /// <summary>Sends the PDFs that the rows of a pass say are due.</summary>
    internal async Task SendAsync(RecordPass pass, CancellationToken cancellationToken)
    {
        var owed = pass.Batch.Records.Where(w => IsOwed(pass, w)).ToList();
        if (!pass.Batch.Connection.Upflow().SyncPdfs)
        {
            foreach (var work in owed)
                await SaveAsync(pass, WithoutPdf(pass, work), cancellationToken);
            return;
        }

        var said = await ContentsAsync(
            pass,
            [.. owed.Where(w => circuit.RestsUntil(pass.Batch.Connection.Id, w.RequestedAt) is null)],
            cancellationToken
        );
        DateTimeOffset? throttledUntil = null;
        foreach (var work in owed)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var now = said.GetValueOrDefault(Receivable.RecordNoOf(work.SourceId));
            var parts = InvoiceParts.Of(pass[work.SourceId].Parts);
            if (now is not null && now == parts.PrintedContents)
                await SaveAsync(
                    pass,
                    pass[work.SourceId] with
                    {
                        WriteBack = WriteBack.Done,
                        Parts = parts.WithoutPdfTries().ToString(),
                    },
                    cancellationToken
                );
            else if (rehearsal is not null)
                rehearsal.Note(UpflowWrites.App, "attach PDF", pass[work.SourceId].Title ?? work.SourceId);
            else if ((throttledUntil ?? circuit.RestsUntil(pass.Batch.Connection.Id, work.RequestedAt)) is { } until)
                await WaitAsync(pass, work, until, null, cancellationToken);
            else if (await SendAsync(pass, work, now, cancellationToken) is { } pause)
                throttledUntil = pass.Now + pause;
        }
    }

    /// <summary>
    /// What the documents say now, by RECORDNO. What can't be read is printed, or refused, as one that is not known.
    /// </summary>
    private async Task<IReadOnlyDictionary<string, string>> ContentsAsync(
        RecordPass pass,
        IReadOnlyList<RecordWork> owed,
        CancellationToken cancellationToken
    )
    {
        if (owed.Count == 0)
            return new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            return await contents.ReadAsync(
                pass.Batch,
                [.. owed.Select(w => Receivable.RecordNoOf(w.SourceId))],
                cancellationToken
            );
        }
        catch (IntacctException)
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }
    }

    private static bool IsOwed(RecordPass pass, RecordWork work) =>
        pass[work.SourceId] is { WriteBack: WriteBack.Due, TargetId: not null, Intent: null, Ignored: false }
        && pass.Failures[work.SourceId] is null;

    /// <summary>The row of an invoice whose PDF is not wanted any more. Once PDFs are on again, it is due.</summary>
    private static KeyMapEntry WithoutPdf(RecordPass pass, RecordWork work) =>
        (
            pass[work.SourceId] with
            {
                WriteBack = WriteBack.None,
                Parts = (
                    InvoiceParts.Of(pass[work.SourceId].Parts).WithoutPdfTries() with
                    {
                        Printed = null,
                        PrintedAt = null,
                    }
                ).ToString(),
            }
        ).Note(pass.Now, "pdf", "Its PDF is not carried over, as syncPdfs is off.");

    /// <returns>How long all must wait, where a limit was met or the sign-in refused; null where neither was.</returns>
    private async Task<TimeSpan?> SendAsync(
        RecordPass pass,
        RecordWork work,
        string? contentsNow,
        CancellationToken cancellationToken
    )
    {
        var entry = pass[work.SourceId];
        var parts = InvoiceParts.Of(entry.Parts);
        try
        {
            var pdf =
                await intacct.RetrievePdfAsync(
                    pass.Batch.Access.Intacct,
                    UpflowIds.Invoice,
                    Receivable.RecordNoOf(work.SourceId),
                    cancellationToken
                ) ?? throw new UpflowException(UpflowFailure.Rejected, "Intacct gave no PDF of it.");
            await upflow.PutPdfAsync(
                pass.Batch.Access.Upflow(),
                UpflowKind.Invoice,
                new UpflowReference(entry.TargetId!),
                pdf,
                new UpflowTurn(entry.AttachedTo ?? "", UpflowWrites.PriorityOf(work)),
                cancellationToken
            );
            await SaveAsync(
                pass,
                (
                    entry with
                    {
                        WriteBack = WriteBack.Done,
                        Parts = (parts.WithoutPdfTries() with { PrintedContents = contentsNow }).ToString(),
                    }
                ).Note(pass.Now, "pdf", "Its PDF is in Upflow."),
                cancellationToken
            );
            await circuit.CarriedAsync(pass.Batch.Connection.Id, cancellationToken);
            return null;
        }
        catch (Exception e) when (e is IntacctException or UpflowException)
        {
            return await PutOffAsync(pass, work, Failures.Of(e), IsOfAll(e), cancellationToken);
        }
    }

    /// <summary>Whether a refusal concerns every invoice, and not this one only.</summary>
    private static bool IsOfAll(Exception exception) =>
        exception
            is IntacctException { Failure: IntacctFailure.PermissionDenied }
                or UpflowException { Failure: UpflowFailure.NotPermitted or UpflowFailure.NotUpflow };

    private async Task<TimeSpan?> PutOffAsync(
        RecordPass pass,
        RecordWork work,
        Failure failure,
        bool ofAll,
        CancellationToken cancellationToken
    )
    {
        var refused = failure.Class == FailureClass.Data;
        if (refused)
            await circuit.RefusedAsync(
                pass.Batch.Connection.Id,
                work.SourceId,
                failure.Problem,
                ofAll,
                cancellationToken
            );
        var parts = InvoiceParts.Of(pass[work.SourceId].Parts);
        parts = parts with { PdfRefusals = parts.PdfRefusals + (refused && !ofAll ? 1 : 0) };
        if (failure.Class is FailureClass.Transient or FailureClass.Unknown or FailureClass.Data)
            parts = parts with { PdfTries = parts.PdfTries + 1 };
        var isLong =
            pass.Now - (parts.PdfWaitsSince ?? pass.Now) >= FailurePolicy.Horizon
            && parts.PdfTries >= FailurePolicy.LeastTries;
        if (parts.PdfRefusals >= MostRefusals || (isLong && !refused))
        {
            await GiveUpAsync(pass, work, parts, failure.Problem.Message, null, cancellationToken);
            pass.Fail(work.SourceId, new Failure(FailureClass.Data, GivenUp(failure.Problem.Message)));
            return null;
        }

        var pause = failure.RetryAfter ?? FirstPause * (1 << Math.Min(parts.PdfTries, MostDoublings));
        pass.Put(pass[work.SourceId] with { Parts = parts.ToString() });
        await WaitAsync(
            pass,
            work,
            circuit.RestsUntil(pass.Batch.Connection.Id) ?? pass.Now + pause,
            failure.Problem.Message,
            cancellationToken
        );
        return failure.Class is FailureClass.Throttled or FailureClass.Authentication ? pause : null;
    }

    /// <summary>
    /// Has it tried again later. One that was kept back with all others for so long that they are given up stays
    /// without, until the invoice is looked at next.
    /// </summary>
    private async Task WaitAsync(
        RecordPass pass,
        RecordWork work,
        DateTimeOffset until,
        string? message,
        CancellationToken cancellationToken
    )
    {
        var entry = pass[work.SourceId];
        var parts = InvoiceParts.Of(entry.Parts);
        var isBrought = work.EventIds.Any(EventIds.IsPdfOwed);

        // Its envelope may have ended without a try, as when the invoice itself failed. The waiting begins anew then.
        if (!isBrought && parts.PdfWaitsUntil < pass.Now - Late)
            parts = parts with { PdfWaitsSince = null, PdfWaitsUntil = null };
        var ofAll = circuit.RestsUntil(pass.Batch.Connection.Id) is not null;
        if (ofAll && parts.PdfWaitsSince is { } since && pass.Now - since >= FailurePolicy.Horizon)
        {
            await GiveUpAsync(
                pass,
                work,
                parts,
                message ?? "the PDFs of all invoices are refused.",
                parts.PrintedContents,
                cancellationToken
            );
            return;
        }

        // One envelope of it waits at a time: whatever else brings the invoice meanwhile sends no second one. It is
        // sent before the row says so, as a second one does less harm than none.
        var isSent = isBrought || !(parts.PdfWaitsUntil > pass.Now);
        if (isSent)
            await queue.SendRecordsAsync(
                pass.Batch.Connection.Company,
                [new RecordEvent(entry.Key, EventIds.PdfOwed(entry.Key, pass.Now)) { NotBefore = until }],
                pass.Now,
                cancellationToken
            );
        if (message is null && !isSent)
            return;
        var waiting = entry with
        {
            Parts = (
                parts with
                {
                    PdfWaitsSince = parts.PdfWaitsSince ?? pass.Now,
                    PdfWaitsUntil = isSent ? until : parts.PdfWaitsUntil,
                }
            ).ToString(),
        };
        if (message is not null)
            waiting = waiting.Note(
                pass.Now,
                "pdfFailed",
                $"Its PDF could not be carried over: {message} It is tried again."
            );
        else if (parts.PdfWaitsSince is null)
            waiting = waiting.Note(pass.Now, "pdfFailed", "Its PDF waits, as no PDF can be carried over for now.");
        await SaveAsync(pass, waiting, cancellationToken);
    }

    /// <summary>
    /// The invoice stays without, until it is looked at next; then it is tried once, unless the document says what the
    /// PDF in Upflow does.
    /// </summary>
    /// <param name="pass">The pass that it is on.</param>
    /// <param name="work">The invoice.</param>
    /// <param name="parts">What its row keeps.</param>
    /// <param name="message">Why.</param>
    /// <param name="printedContents">What the PDF in Upflow says; null to have it printed in any case.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    private Task GiveUpAsync(
        RecordPass pass,
        RecordWork work,
        InvoiceParts parts,
        string message,
        string? printedContents,
        CancellationToken cancellationToken
    ) =>
        SaveAsync(
            pass,
            (
                pass[work.SourceId] with
                {
                    WriteBack = WriteBack.None,
                    Parts = (
                        parts.WithoutPdfTries() with
                        {
                            PdfRefusals = Math.Min(parts.PdfRefusals, MostRefusals - 1),
                            Printed = null,
                            PrintedAt = null,
                            PrintedContents = printedContents,
                        }
                    ).ToString(),
                }
            ).Note(
                pass.Now,
                "pdfFailed",
                $"Its PDF could not be carried over: {message} It is tried again when the invoice is looked at next."
            ),
            cancellationToken
        );

    private async Task SaveAsync(RecordPass pass, KeyMapEntry entry, CancellationToken cancellationToken)
    {
        // If somebody else has written the row meanwhile, the PDF is due still, and sent once more.
        if ((await keyMap.SaveAsync([entry], cancellationToken)).TryGetValue(entry.Key.SourceId, out var saved))
            pass.Put(saved);
    }

    /// <summary>What earlier versions kept says behind a bar what was paid, too.</summary>
    private static string ChangedIn(string mark) => mark.Split('|')[0].Trim();

    private static Problem GivenUp(string message) =>
        new(
            "upflow-pdf-failed",
            $"The invoice is in Upflow, its PDF is not: {message}",
            "Check in Intacct that the connection's user may print the invoice; then retry all with this cause. Or "
                + "set syncPdfs to false."
        );
}
