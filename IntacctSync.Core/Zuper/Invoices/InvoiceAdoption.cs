using IntacctSync.Core.Flows;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Payments;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// Adopts the invoices that already had a Sage id in Zuper. The id must be good: it exists, customer and amount are the
/// same, no other record is linked to it, and no older invoice in Zuper has it.
/// </summary>
internal sealed class InvoiceAdoption(
    CounterpartLinks links,
    ZuperClient zuper,
    ShownPayments shown,
    EarlierPayments earlier
)
{
    public async Task RunAsync(InvoicePass pass, CancellationToken cancellationToken)
    {
        var works = pass.OpenOf<InvoiceDecision.CheckSageId>().Where(w => w.Context is not null).ToList();
        if (works.Count == 0)
            return;
        var found = await NamedInvoices.FindAsync(pass, links, works.Select(w => CheckOf(w).SageId), cancellationToken);
        var adopted = new List<(InvoiceWork Work, InvoiceMatch.Adopt Match)>();
        var left = new List<InvoiceWork>();
        foreach (var work in works)
        {
            var match = InvoiceMatch.BySageId(work.SourceId, CheckOf(work), work.Context!, found.All, found.Owners);
            if (match is InvoiceMatch.Adopt)
                match = await OfOriginalAsync(pass, work, match, cancellationToken);
            switch (match)
            {
                case InvoiceMatch.Reject reject when CheckOf(work).Otherwise is { } reason:
                    work.Entry = work.Entry.Skip(pass.Now, $"{reason} {reject.Problem.Message}");
                    left.Add(work);
                    break;
                case InvoiceMatch.Reject reject:
                    work.Fail(reject.Problem);
                    break;
                case InvoiceMatch.Adopt adopt:
                    adopted.Add((work, adopt));
                    break;
            }
        }

        await shown.SendForAsync(pass, left, cancellationToken);
        await pass.Records.SaveFinalAsync([.. left.Where(w => w.IsOpen).Select(w => w.Entry)], cancellationToken);
        await earlier.SendForAdoptedAsync(pass, adopted, cancellationToken);
        foreach (var (work, match) in adopted)
            await pass.AdoptAsync(work, match, cancellationToken);
    }

    private static InvoiceDecision.CheckSageId CheckOf(InvoiceWork work) => (InvoiceDecision.CheckSageId)work.Decision!;

    /// <summary>
    /// A copy made in Zuper has the same id: the older invoice is the one that it belongs to.
    /// </summary>
    /// <returns>The match, or its refusal for a copy; null where Zuper could not be asked, and the record
    /// ends.</returns>
    private async Task<InvoiceMatch?> OfOriginalAsync(
        InvoicePass pass,
        InvoiceWork work,
        InvoiceMatch match,
        CancellationToken cancellationToken
    )
    {
        var sageId = CheckOf(work).SageId;
        try
        {
            var all = await zuper.FindInvoicesAsync(
                pass.Batch.Access.Zuper(),
                InvoiceMapper.SageInvoiceId,
                sageId,
                pass.Priority,
                cancellationToken
            );
            var original = all.Where(o => o.Uid != work.SourceId && o.CreatedAt < work.Invoice!.CreatedAt)
                .OrderBy(o => o.CreatedAt)
                .FirstOrDefault();
            return original is null
                ? match
                : new InvoiceMatch.Reject(InvoiceMatchProblems.SageIdTaken(sageId, original.Uid));
        }
        catch (ZuperException e)
        {
            work.Fail(Failures.Of(e));
            return null;
        }
    }
}
