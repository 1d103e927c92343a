using System.Globalization;
using System.Runtime.CompilerServices;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Receipts;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Comparing;

/// <summary>
/// The payments that were taken in Upflow beside those that were posted of them in Intacct: whether each is there, of
/// the same customer and amount, on the same invoices, and taken back on both sides or on neither.
/// </summary>
internal sealed class ReceiptComparison(
    ComparedReceipts taken,
    BookedPayments booked,
    RecordQuery records,
    KeyMapStore keyMap
) : IFlowComparison
{
    private const int RowsAtOnce = 200;
    private const string Counts = "counts";
    private const string TakenBack = "taken back";
    private const string Customer = "customer";
    private const string Date = "date";
    private const string Number = "number";
    private const string State = "state";

    private static readonly string[] Names = [Customer, Number, Date, "currency", "amount", "invoices", State];

    public FlowName Flow => UpflowFlows.Receipts;

    public IReadOnlyList<string> Fields => Names;

    /// <summary>What the native integration has posted may have a number and a date of its own.</summary>
    public bool Compares(string field, KeyMapEntry entry, ComparedRecord source) =>
        field is not (Number or Date) || entry.IsOwn;

    /// <summary>
    /// The hash is of amount, currency and invoices; the key that the payment was posted by is of customer and number.
    /// Of its date only the time of the last change can tell.
    /// </summary>
    public bool? IsAsWritten(string field, KeyMapEntry entry, ComparedRecord source) =>
        field == State && source.IsOut ? false
        : entry.Hash is null || entry.Hash != source.Hash ? null
        : field switch
        {
            Date => null,
            Customer => KeyOf(entry)?.Customer == source.Values[0] ? true : null,
            Number => KeyOf(entry)?.DocNumber == source.Values[1] ? true : null,
            _ => true,
        };

    private static ReceiptKey? KeyOf(KeyMapEntry entry) => entry.NaturalKey is { } key ? ReceiptKey.Parse(key) : null;

    public async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> SourceAsync(
        ComparedScope scope,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await foreach (var page in taken.PagesAsync(scope, ct))
            yield return await OfAsync(scope, [.. page.Where(p => scope.Holds(p.Payment.ValidatedAt))], ct);
    }

    /// <summary>
    /// Those that the key map names: of the others it is not known whether they were taken in Upflow.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> TargetAsync(
        ComparedScope scope,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        string? after = null;
        do
        {
            var page = await records.ListAsync(scope.Connection.Id, Flow, null, null, after, RowsAtOnce, ct);
            var posted = page.Items.Where(e => e.TargetId is not null && scope.Holds(e.Facts?.Date)).ToList();
            if (posted.Count > 0)
                yield return
                [
                    .. (await FindTargetsAsync(scope, posted, ct)).Values.Select(t => t with { Whole = null }),
                ];
            after = page.Next;
        } while (after is not null);
    }

    public async Task<ComparedRecord?> FindSourceAsync(ComparedScope scope, string sourceId, CancellationToken ct)
    {
        if (await taken.FindAsync(scope, [sourceId], ct) is not [var found])
            return null;
        return (await OfAsync(scope, [found], ct)).Single() with { Whole = UpflowSides.Whole(found.Payment) };
    }

    public async Task<IReadOnlyDictionary<string, ComparedRecord>> FindSourcesAsync(
        ComparedScope scope,
        IReadOnlyCollection<string> sourceIds,
        CancellationToken ct
    ) =>
        (await OfAsync(scope, await taken.FindAsync(scope, sourceIds, ct), ct)).ToDictionary(
            r => r.Id,
            r => r,
            StringComparer.Ordinal
        );

    public async Task<IReadOnlyDictionary<string, ComparedRecord>> FindTargetsAsync(
        ComparedScope scope,
        IReadOnlyCollection<KeyMapEntry> entries,
        CancellationToken ct
    )
    {
        var found = await booked.FindAsync(
            scope,
            [.. entries.Select(e => e.TargetId!).Distinct(StringComparer.Ordinal)],
            ct
        );
        var compared = (await OfAsync(scope, found, ct)).ToDictionary(p => p.Id, p => p, StringComparer.Ordinal);
        return entries
            .Where(e => compared.ContainsKey(e.TargetId!))
            .ToDictionary(e => e.Key.SourceId, e => compared[e.TargetId!], StringComparer.Ordinal);
    }

    /// <summary>Those of the same number, and those of the same customer and amount.</summary>
    public async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> CandidatesAsync(
        ComparedScope scope,
        ComparedRecord source,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var like = await booked.LikeAsync(
            scope,
            source.Title,
            source.Values[0],
            (source.Amount ?? 0).ToString("0.00##", CultureInfo.InvariantCulture),
            ct
        );
        yield return await OfAsync(scope, like, ct);
    }

    private async Task<IReadOnlyList<ComparedRecord>> OfAsync(
        ComparedScope scope,
        IReadOnlyList<ReceiptFacts> receipts,
        CancellationToken ct
    )
    {
        var titles = await TitlesAsync(scope, receipts.SelectMany(r => r.Parts).Select(p => p.SourceId), ct);
        return [.. receipts.Select(r => Of(scope, r, titles))];
    }

    /// <summary>Of one that was taken back nothing else matters.</summary>
    private static string?[] OnlyState(string state) => [.. Names.Select(n => n == State ? state : null)];

    private static ComparedRecord Of(
        ComparedScope scope,
        ReceiptFacts receipt,
        IReadOnlyDictionary<string, string> titles
    )
    {
        if (receipt.Unreadable is { } why)
            return ComparedRecord.Unreadable(receipt.Id, receipt.Title, Names.Length, why, "Upflow");
        var date = receipt.Payment.ValidatedAt;
        string?[] values =
        [
            receipt.CustomerId,
            receipt.DocNumber,
            ComparedRecord.Text(date),
            receipt.Currency,
            ComparedRecord.Text(receipt.AmountInUnits),
            Together(
                receipt.Parts.Select(p =>
                    (
                        p.SourceId is { } id ? titles[id] : p.Number ?? "another invoice",
                        UpflowMoney.FromSmallest(p.Amount, receipt.Currency)
                    )
                )
            ),
            receipt.IsUndone ? TakenBack : Counts,
        ];
        return new ComparedRecord(receipt.Id, receipt.Title, receipt.IsUndone ? OnlyState(TakenBack) : values)
        {
            Date = date,
            Currency = receipt.Currency,
            Amount = receipt.IsUndone ? 0 : receipt.AmountInUnits,
            Hash = receipt.Hash,
            ChangedAt = receipt.Payment.ModifiedAt,
            IsOut = receipt.IsUndone,
            LeftOut =
                receipt.Amount <= 0 ? "It has no amount."
                : receipt.IsUndone ? "It failed, or was paid back, before it was posted."
                : date < scope.Connection.UpflowStartDate() ? "It is dated before the sync's start."
                : null,
        };
    }

    private async Task<IReadOnlyList<ComparedRecord>> OfAsync(
        ComparedScope scope,
        IReadOnlyList<BookedPayment> payments,
        CancellationToken ct
    )
    {
        var titles = await TitlesAsync(scope, payments.SelectMany(p => p.Applied).Select(p => p.Receivable), ct);
        return [.. payments.Select(p => Of(scope, p, titles))];
    }

    private static ComparedRecord Of(
        ComparedScope scope,
        BookedPayment payment,
        IReadOnlyDictionary<string, string> titles
    )
    {
        if (payment is not { Payment: { } head, Unreadable: null })
            return ComparedRecord.Unreadable(
                payment.RecordNo,
                PaymentRecord.TitleOf(payment.Row),
                Names.Length,
                payment.Unreadable!
            ) with
            {
                Whole = UpflowSides.Whole(payment.Row),
            };
        var state = PaymentStates.Of(head);
        var isOut = PaymentStates.IsTakenBack(head);
        var (currency, amount) = (
            UpflowSides.CurrencyOf(scope, head.Currency),
            head.TrxTotalEntered ?? head.TotalEntered ?? 0
        );
        var date = head.ReceiptDate ?? head.WhenPaid;
        return new ComparedRecord(
            head.RecordNo,
            head.Title,
            isOut
                ? OnlyState(TakenBack)
                :
                [
                    head.CustomerId?.Trim(),
                    head.DocNumber?.Trim() ?? "",
                    ComparedRecord.Text(date),
                    currency,
                    ComparedRecord.Text(amount),
                    Together(payment.Applied.Select(p => (titles[p.Receivable], p.Amount))),
                    state == PaymentState.Complete
                        ? Counts
                        : (head.DisplayState ?? head.State ?? "of unknown state").Trim().ToLowerInvariant(),
                ]
        )
        {
            Date = date,
            Currency = currency,
            Amount = isOut ? 0 : amount,
            IsOut = isOut,
            Whole = UpflowSides.Whole(payment.Row),
        };
    }

    /// <summary>What people call the invoices, by their source ids.</summary>
    private async Task<IReadOnlyDictionary<string, string>> TitlesAsync(
        ComparedScope scope,
        IEnumerable<string?> sourceIds,
        CancellationToken ct
    )
    {
        string[] ids = [.. sourceIds.OfType<string>().Distinct(StringComparer.Ordinal)];
        if (ids.Length == 0)
            return new Dictionary<string, string>(StringComparer.Ordinal);
        var rows = await keyMap.GetManyAsync(scope.Connection.Id, UpflowFlows.Invoices, ids, ct);
        return rows.ToDictionary(r => r.Key, r => r.Value.Title ?? r.Key, StringComparer.Ordinal);
    }

    /// <summary>
    /// Such as <c>INV-1 60.00; INV-2 40.00</c>. Where it pays none that is said, since an empty field would not be
    /// compared.
    /// </summary>
    private static string Together(IEnumerable<(string Invoice, decimal Amount)> parts) =>
        string.Join(
            "; ",
            parts
                .GroupBy(p => p.Invoice, StringComparer.Ordinal)
                .Select(g => $"{g.Key} {ComparedRecord.Text(g.Sum(p => p.Amount))}")
                .Order(StringComparer.Ordinal)
                .DefaultIfEmpty("none")
        );
}
