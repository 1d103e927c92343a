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
        var matched = new List<(InvoiceWork Work, InvoiceMatch.Adopt Match)>();
        foreach (var work in works)
        {
            switch (InvoiceMatch.ByNumber(work.SourceId, work.Draft!, work.Context!, found, owners, refused))
            {
                case InvoiceMatch.Reject reject:
                    work.Fail(reject.Problem);
                    break;
                case InvoiceMatch.Adopt match:
                    matched.Add((work, match));
                    break;
            }
        }

        var others = await OthersAsync(pass, matched.ConvertAll(m => m.Work), cancellationToken);
        var adopted = matched.Where(m => !others.ContainsKey(m.Work.SourceId)).ToList();
        foreach (var (work, _) in matched)
        {
            if (!others.TryGetValue(work.SourceId, out var other))
                continue;
            if (other.State is RecordState.NeedsAction or RecordState.Dead)
                work.Fail(InvoiceProblems.NumberInDoubt(work.Draft!.Number, other.Key.SourceId));
            else
                work.Fail(Repeated(TimeSpan.FromMinutes(15)));
        }

        await earlier.SendForAdoptedAsync(pass, adopted, cancellationToken);
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
                    Fingerprints = InvoiceFieldChanges.AfterCreate(
                        work.Draft!,
                        work.Context!.Items,
                        kind => InvoiceAsReceivable.AccountOf(pass.Settings.Invoice, kind)
                    ),
                    Total = work.Draft!.Total,
                    Date = work.Draft!.Date,
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
    /// For each invoice, by source id, the record that may have made what was found by a write that got no answer; none
    /// where no other may have. It goes first; then either that is settled, or what was found is nobody's. One that is
    /// ignored makes no claim.
    /// </summary>
    private async Task<IReadOnlyDictionary<string, KeyMapEntry>> OthersAsync(
        InvoicePass pass,
        IReadOnlyList<InvoiceWork> works,
        CancellationToken cancellationToken
    )
    {
        var others = new Dictionary<string, KeyMapEntry>(StringComparer.Ordinal);
        var connection = pass.Batch.Connection.Id;
        var alike = await keyMap.FindByTitlesAsync(
            connection,
            ZuperFlows.Invoices,
            works.Select(w => w.Draft!.Number),
            cancellationToken
        );
        string[] ids =
        [
            .. alike.Values.SelectMany(a => a).Except(works.Select(w => w.SourceId), StringComparer.Ordinal),
        ];
        if (ids.Length == 0)
            return others;
        var rows = await keyMap.GetManyAsync(connection, ZuperFlows.Invoices, ids, cancellationToken);
        var open = rows
            .Values.Where(r => r is { Ignored: false, Intent: { Operation: Intent.Create, NaturalKey: not null } })
            .ToLookup(r => r.Intent!.NaturalKey!, StringComparer.OrdinalIgnoreCase);
        foreach (var work in works)
        {
            var claims = open[BookedInvoice.KeyOf(work.Context!.Number, work.Context.CustomerId)]
                .OrderBy(r => r.State is RecordState.NeedsAction or RecordState.Dead)
                .ToList();
            if (claims.Count > 0)
                others[work.SourceId] = claims[0];
        }

        return others;
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
