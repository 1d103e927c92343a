using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Invoices.Books;
using IntacctSync.Core.Zuper.Payments;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// Books the invoices that have no counterpart, or whose counterpart was reversed. A number that the customer has
/// already is adopted if all else is the same, and never booked twice.
/// </summary>
internal sealed class InvoiceCreates(
    IntacctWriter writer,
    CounterpartLinks links,
    EarlierPayments earlier,
    KeyMapStore keyMap
)
{
    public async Task RunAsync(InvoicePass pass, CancellationToken cancellationToken)
    {
        PutOffRepeated(Wanted(pass));
        await MatchAsync(pass, Wanted(pass), refused: false, cancellationToken);
        var works = Wanted(pass).Where(w => !w.IsInBooks).ToList();
        if (works.Count == 0)
            return;
        foreach (var work in works)
            work.Write = pass.Records.Guarded(work.SourceId, () => Plan(pass, work));
        works = [.. works.Where(w => w.Write is not null)];
        if (pass.Shadow)
        {
            await pass.EndInShadowAsync(works, static _ => "create the invoice", cancellationToken);
            return;
        }

        var outcomes = await writer.WriteAsync(
            pass.Batch,
            pass.Target,
            [.. works.Select(w => w.Write!)],
            cancellationToken
        );
        pass.Records.Take(outcomes.Values);
        await MatchAsync(
            pass,
            [.. works.Where(w => outcomes[w.SourceId].Result?.Failure == IntacctFailure.Duplicate)],
            refused: true,
            cancellationToken
        );
    }

    private static List<InvoiceWork> Wanted(InvoicePass pass) =>
        [.. pass.OpenOf<InvoiceDecision.Create>().Where(w => w.Context is not null)];

    /// <summary>
    /// Of several invoices that would get the same number of the same customer, the oldest is booked. The others come
    /// again, and then find it in Intacct.
    /// </summary>
    private static void PutOffRepeated(IReadOnlyList<InvoiceWork> works)
    {
        var repeated = works
            .OrderBy(w => w.Invoice!.CreatedAt)
            .ThenBy(w => w.SourceId, StringComparer.Ordinal)
            .GroupBy(
                w => BookedInvoice.KeyOf(w.Context!.Number, w.Context.CustomerId),
                StringComparer.OrdinalIgnoreCase
            )
            .SelectMany(g => g.Skip(1));
        foreach (var work in repeated)
            work.Fail(Repeated(TimeSpan.FromSeconds(2)));
    }

    /// <summary>Adopts the invoices that Intacct has under their numbers already, or asks a person.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="works">The invoices.</param>
    /// <param name="refused">Whether Intacct has refused their numbers.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    private async Task MatchAsync(
        InvoicePass pass,
        IReadOnlyList<InvoiceWork> works,
        bool refused,
        CancellationToken cancellationToken
    )
    {
        if (works.Count == 0)
            return;
        var found = await pass.Books.ByNumberAsync(
            pass.Batch,
            [.. works.Select(w => w.Context!.Number).Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        if (found.Count == 0)
            return;
        var owners = await links.FindAsync(
            pass.Batch.Connection,
            ZuperFlows.Invoices,
            [.. found.Select(f => f.TargetId)],
            cancellationToken
        );
        var adopted = new List<(InvoiceWork Work, InvoiceMatch.Adopt Match)>();
        foreach (var work in works)
        {
            switch (InvoiceMatch.ByNumber(work.SourceId, work.Draft!, work.Context!, found, owners, refused))
            {
                case InvoiceMatch.Reject reject:
                    work.Fail(reject.Problem);
                    break;
                case InvoiceMatch.Adopt when await IsAnothersAsync(pass, work, cancellationToken):
                    work.Fail(Repeated(TimeSpan.FromMinutes(15)));
                    break;
                case InvoiceMatch.Adopt match:
                    adopted.Add((work, match));
                    break;
            }
        }

        await earlier.SendForAsync(pass, adopted.ConvertAll(a => a.Match.Booked), cancellationToken);
        foreach (var (work, match) in adopted)
        {
            work.Reopen();
            await pass.AdoptAsync(work, match, cancellationToken);
        }
    }

    private static PlannedWrite? Plan(InvoicePass pass, InvoiceWork work)
    {
        switch (pass.Book.Create(pass.Batch, work.Draft!, work.Context!))
        {
            case Mapped<Func<ControlId, IntacctFunction>>.Document document:
                return new PlannedWrite(
                    Told(pass, work) with
                    {
                        Fingerprints = null,
                    },
                    work.Record.EventIds,
                    Intent.Create,
                    document.Hash,
                    BookedInvoice.KeyOf(work.Context!.Number, work.Context.CustomerId),
                    work.Invoice!.UpdatedAt,
                    document.Value
                )
                {
                    Fingerprints = InvoiceFieldChanges.AfterCreate(work.Draft!, work.Context!.Items),
                    Total = work.Draft!.Total,
                };
            case Mapped<Func<ControlId, IntacctFunction>>.Rejected rejected:
                work.Fail(rejected.Problem);
                return null;
            default:
                return null;
        }
    }

    private static KeyMapEntry Told(InvoicePass pass, InvoiceWork work) =>
        InvoiceText.Cut(work.Invoice!) is { } cut ? work.Entry.Note(pass.Now, LongTexts.What, cut) : work.Entry;

    /// <summary>
    /// Whether another record may have made the invoice by a write that got no answer. It goes first; then either that
    /// is settled, or the invoice is nobody's.
    /// </summary>
    private async Task<bool> IsAnothersAsync(InvoicePass pass, InvoiceWork work, CancellationToken cancellationToken)
    {
        var connection = pass.Batch.Connection.Id;
        var alike = await keyMap.FindByTitleAsync(
            connection,
            ZuperFlows.Invoices,
            work.Draft!.Number,
            cancellationToken
        );
        var rows = await keyMap.GetManyAsync(
            connection,
            ZuperFlows.Invoices,
            [.. alike.Where(id => id != work.SourceId)],
            cancellationToken
        );
        var key = BookedInvoice.KeyOf(work.Context!.Number, work.Context.CustomerId);
        return rows.Values.Any(r =>
            r.Intent is { Operation: Intent.Create, NaturalKey: { } other }
            && string.Equals(other, key, StringComparison.OrdinalIgnoreCase)
        );
    }

    private static Failure Repeated(TimeSpan wait) =>
        new(
            FailureClass.Throttled,
            new Problem(
                "invoice-number-repeated",
                "Another invoice with the same number and customer goes first.",
                "Nothing: it is looked at again by itself."
            ),
            wait
        );
}
