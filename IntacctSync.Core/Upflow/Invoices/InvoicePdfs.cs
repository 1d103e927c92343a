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
/// Carries the PDFs of invoices over, after the invoices themselves, which they never hold up. One that fails is tried
/// again a few times, as its story says; then a person is asked.
/// </summary>
/// <param name="intacct">Prints them.</param>
/// <param name="contents">Says whether a document has changed since it was printed.</param>
/// <param name="upflow">Takes them.</param>
/// <param name="keyMap">Keeps which are due.</param>
/// <param name="queue">Brings back what failed.</param>
/// <param name="rehearsal">Takes the writes where nothing is to be sent; null on the real road.</param>
public sealed class InvoicePdfs(
    IntacctClient intacct,
    InvoiceContents contents,
    UpflowClient upflow,
    KeyMapStore keyMap,
    IEnvelopeQueue queue,
    Rehearsal? rehearsal = null
)
{
    /// <summary>How often it is tried before a person is asked.</summary>
    private const int MostFailures = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(5);

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
        var said = await ContentsAsync(pass, owed, cancellationToken);
        foreach (var work in owed)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var now = said.GetValueOrDefault(Receivable.RecordNoOf(work.SourceId));
            if (now is not null && now == InvoiceParts.Of(pass[work.SourceId].Parts).PrintedContents)
                await SaveAsync(pass, pass[work.SourceId] with { WriteBack = WriteBack.Done }, cancellationToken);
            else if (rehearsal is null)
                await SendAsync(pass, work, now, cancellationToken);
            else
                rehearsal.Note(UpflowWrites.App, "attach PDF", pass[work.SourceId].Title ?? work.SourceId);
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

    private async Task SendAsync(
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
                        Parts = (parts with { PdfFailures = 0, PrintedContents = contentsNow }).ToString(),
                    }
                ).Note(pass.Now, "pdf", "Its PDF is in Upflow."),
                cancellationToken
            );
        }
        catch (Exception e) when (e is IntacctException or UpflowException)
        {
            await PutOffAsync(pass, work, entry, parts, Failures.Of(e), cancellationToken);
        }
    }

    private async Task PutOffAsync(
        RecordPass pass,
        RecordWork work,
        KeyMapEntry entry,
        InvoiceParts parts,
        Failure failure,
        CancellationToken cancellationToken
    )
    {
        var failures = parts.PdfFailures + (failure.Class == FailureClass.Throttled ? 0 : 1);
        var again = failures < MostFailures;
        await SaveAsync(
            pass,
            (
                entry with
                {
                    WriteBack = again ? WriteBack.Due : WriteBack.None,
                    Parts = (
                        again
                            ? parts with
                            {
                                PdfFailures = failures,
                            }
                            : parts with
                            {
                                PdfFailures = 0,
                                Printed = null,
                                PrintedAt = null,
                                PrintedContents = null,
                            }
                    ).ToString(),
                }
            ).Note(
                pass.Now,
                "pdfFailed",
                $"Its PDF could not be carried over: {failure.Problem.Message} "
                    + (again ? "It is tried again." : "It is tried again when the invoice is looked at next.")
            ),
            cancellationToken
        );
        if (!again)
        {
            pass.Fail(work.SourceId, new Failure(FailureClass.Data, GivenUp(failure.Problem.Message)));
            return;
        }

        var record = entry.Key;
        var pause = failure.RetryAfter ?? FirstPause * (1 << failures);
        await queue.SendRecordsAsync(
            pass.Batch.Connection.Company,
            [new RecordEvent(record, EventIds.PdfOwed(record, pass.Now)) { NotBefore = pass.Now + pause }],
            pass.Now,
            cancellationToken
        );
    }

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
