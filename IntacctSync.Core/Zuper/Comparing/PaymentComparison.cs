using System.Globalization;
using System.Runtime.CompilerServices;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Payments;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Comparing;

/// <summary>
/// What Intacct's payments paid of the invoices that are linked, beside what stands on these in Zuper under the
/// payment's references.
/// </summary>
internal sealed class PaymentComparison(
    ZuperClient zuper,
    IntacctClient intacct,
    InvoiceLinks links,
    RecordQuery records
) : IFlowComparison
{
    private const string Amount = "amount";
    private const int RowsAtOnce = 200;

    /// <summary>Keys in one condition of a query.</summary>
    private const int Keys = 500;

    public FlowName Flow => ZuperFlows.Payments;

    public IReadOnlyList<string> Fields { get; } = [Amount];

    public async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> SourceAsync(
        ComparedScope scope,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var query = new IntacctQuery("ARPYMT", PaymentRecord.Fields) { Filter = Sides.Within("RECEIPTDATE", scope) };
        await foreach (var page in intacct.QueryPagesAsync(scope.Access.Intacct, query, ct))
            yield return await OfAsync(scope, page.Records, ct);
    }

    /// <summary>
    /// Zuper lists no payments by themselves: they are found on the invoices that were paid. So those are looked up
    /// that stand in Zuper by the key map; one that Intacct does not list any more is among them.
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
            List<KeyMapEntry> standing =
            [
                .. page.Items.Where(e =>
                    e.TargetId is not null && IsWithin(scope, e.Facts?.Date) && PaymentPart.Of(e).Any(p => p.Stands)
                ),
            ];
            if (standing.Count > 0)
                yield return
                [
                    .. (await FindTargetsAsync(scope, standing, ct)).Values.Select(t => t with { Whole = null }),
                ];
            after = page.Next;
        } while (after is not null);
    }

    /// <summary>A row from before dates were kept has none: it is looked at where all of them are.</summary>
    private static bool IsWithin(ComparedScope scope, DateOnly? date) =>
        date is null ? scope is { Since: null, Until: null } : scope.Holds(date);

    /// <summary>What a person could choose from are the invoices' own entries, which have no list.</summary>
    public IAsyncEnumerable<IReadOnlyList<ComparedRecord>>? CandidatesAsync(
        ComparedScope scope,
        ComparedRecord source,
        CancellationToken ct
    ) => null;

    /// <summary>The row keeps what it recorded on each invoice.</summary>
    public bool? IsAsWritten(string field, KeyMapEntry entry, ComparedRecord source) =>
        PaymentPart.Of(entry).Where(p => p.Stands).Sum(p => p.Amount) == source.Amount;

    public string? Explains(string field, ComparedRecord source, ComparedRecord target) =>
        target.PaidByOthers > 0 && target.PaidByOthers == source.Amount - target.Amount ? target.Remark : null;

    public async Task<IReadOnlyDictionary<string, ComparedRecord>> FindSourcesAsync(
        ComparedScope scope,
        IReadOnlyCollection<string> sourceIds,
        CancellationToken ct
    )
    {
        var found = await intacct.ReadAsync(scope.Access.Intacct, "ARPYMT", sourceIds, PaymentRecord.Fields, ct);
        return (await OfAsync(scope, found, ct))
            .DistinctBy(p => p.Id, StringComparer.Ordinal)
            .ToDictionary(p => p.Id, p => p, StringComparer.Ordinal);
    }

    public async Task<ComparedRecord?> FindSourceAsync(ComparedScope scope, string sourceId, CancellationToken ct)
    {
        var found = await intacct.ReadAsync(scope.Access.Intacct, "ARPYMT", [sourceId], PaymentRecord.Fields, ct);
        return found is [var record]
            ? (await OfAsync(scope, [record], ct)).Single() with
            {
                Whole = Sides.Whole(record),
            }
            : null;
    }

    public async Task<IReadOnlyDictionary<string, ComparedRecord>> FindTargetsAsync(
        ComparedScope scope,
        IReadOnlyCollection<KeyMapEntry> entries,
        CancellationToken ct
    )
    {
        var parts = entries.ToDictionary(e => e.Key.SourceId, PaymentPart.Of, StringComparer.Ordinal);
        var uids = parts.Values.SelectMany(p => p).Select(p => p.Invoice).Distinct(StringComparer.Ordinal).ToList();
        if (uids.Count == 0)
            return entries.ToDictionary(e => e.Key.SourceId, e => Of(e, []), StringComparer.Ordinal);
        var (invoices, unread) = await Sides.ReadAsync(() =>
            zuper.GetInvoicesAsync(scope.Access.Zuper(), uids, RequestPriority.Bulk, ct)
        );
        return entries.ToDictionary(
            e => e.Key.SourceId,
            e =>
                parts[e.Key.SourceId].Select(p => unread.GetValueOrDefault(p.Invoice)).OfType<ZuperException>().ToList()
                    is [var why, ..]
                    ? Sides.Unread(e.TargetId!, Fields.Count, why)
                    : Of(
                        e,
                        [
                            .. parts[e.Key.SourceId]
                                .Select(p => invoices.GetValueOrDefault(p.Invoice))
                                .OfType<ZuperInvoice>(),
                        ]
                    ),
            StringComparer.Ordinal
        );
    }

    private static ComparedRecord Of(KeyMapEntry entry, IReadOnlyList<ZuperInvoice> invoices)
    {
        var standing = invoices
            .SelectMany(i => i.Payments)
            .Where(p => !p.IsVoid)
            .ToLookup(p => PaymentMapper.TimeOf(entry.Key.SourceId, p.ReferenceNo) is not null);
        var amount = InvoiceReading.Rounded(standing[true].Sum(p => p.Amount ?? 0));
        var others = standing[false].Where(p => !PaymentMapper.IsOfIntacct(p.ReferenceNo)).ToList();
        return new ComparedRecord(entry.TargetId!, entry.Title ?? "", [ComparedRecord.Text(amount)])
        {
            Amount = amount,
            IsOut = amount == 0,
            PaidByOthers = others.Sum(p => p.Amount ?? 0),
            Remark =
                others.Count == 0
                    ? null
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"Zuper has {others.Sum(p => p.Amount ?? 0):0.00} on "
                            + $"{string.Join(", ", invoices.Select(i => i.DisplayNumber ?? i.Uid))} that was not taken "
                            + $"from Intacct: the invoice was paid otherwise there."
                    ),
            Whole = new System.Text.Json.Nodes.JsonArray([.. invoices.Select(Sides.Whole)]),
        };
    }

    private async Task<IReadOnlyList<ComparedRecord>> OfAsync(
        ComparedScope scope,
        IReadOnlyList<IntacctRecord> records,
        CancellationToken ct
    )
    {
        var unreadable = new UnreadableRows();
        var rows = records.Where(r => r["RECORDNO"] is not null).ToList();
        var payments = rows.Select(r => unreadable.Read(r, PaymentRecord.Read, "RECORDNO"))
            .OfType<PaymentRecord>()
            .ToList();
        var applied = new List<PaymentApplication>();
        foreach (var keys in payments.Select(p => p.RecordNo).Chunk(Keys))
        {
            var query = new IntacctQuery(PaymentApplication.Object, PaymentReader.ApplicationFields)
            {
                Filter = QueryFilter.In("PAYMENTKEY", keys),
            };
            await foreach (var row in intacct.QueryAsync(scope.Access.Intacct, query, ct))
            {
                if (unreadable.Read(row, PaymentApplication.Read, "PAYMENTKEY") is { } detail)
                    applied.Add(detail);
            }
        }

        var linked = await LinkedAsync(scope, applied, ct);
        var currencies = await PaymentReader.CurrenciesAsync(
            intacct,
            scope.Access.Intacct,
            payments,
            applied.Where(a => a.RecordKey is { } key && linked.Contains(key)),
            ct
        );
        var byPayment = applied.ToLookup(a => a.PaymentKey, StringComparer.Ordinal);
        return
        [
            .. rows.Where(r => unreadable[r["RECORDNO"]!] is not null).Select(r => Unread(r, unreadable)),
            .. payments
                .Where(p => unreadable[p.RecordNo] is null)
                .Select(payment =>
                {
                    var counts = PaymentStates.Of(payment) == PaymentState.Complete;
                    var (paid, unclear) = PaymentMapper.Applied(payment, byPayment[payment.RecordNo], currencies);
                    var ours = paid.Where(p => linked.Contains(p.Key)).Sum(p => p.Value);

                    // The flow asks about what is not told in the invoice's own currency; no number is made of it.
                    var isTold = !counts || !unclear.Keys.Any(linked.Contains);
                    var date = payment.ReceiptDate ?? payment.WhenPaid;
                    return new ComparedRecord(
                        payment.RecordNo,
                        IntacctText.Cut(payment.Title, 100),
                        [isTold ? ComparedRecord.Text(counts ? InvoiceReading.Rounded(ours) : 0) : null]
                    )
                    {
                        Date = date,
                        Currency = payment.Currency,
                        Amount = counts ? ours : 0,
                        IsOut = !counts || (ours == 0 && isTold),
                        LeftOut =
                            !counts ? "It does not count in Intacct: it is no complete payment."
                            : ours == 0 && isTold ? "It pays no invoice that is linked."
                            : null,
                    };
                }),
        ];
    }

    private static ComparedRecord Unread(IntacctRecord row, UnreadableRows unreadable)
    {
        var recordNo = row["RECORDNO"]!;
        return ComparedRecord.Unreadable(
            recordNo,
            IntacctText.Cut(PaymentRecord.TitleOf(row), 100),
            1,
            unreadable[recordNo]!
        );
    }

    /// <summary>Which of the invoices that were paid are one of Zuper, as the flow finds them.</summary>
    private async Task<HashSet<string>> LinkedAsync(
        ComparedScope scope,
        IReadOnlyList<PaymentApplication> applied,
        CancellationToken ct
    )
    {
        var linked = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (
            var keys in applied.Select(a => a.RecordKey).OfType<string>().Distinct(StringComparer.Ordinal).Chunk(Keys)
        )
            linked.UnionWith(
                (await links.FindAsync(scope.Connection, scope.Access.Intacct, keys, ct))
                    .Where(l => l.Value.Uid is not null)
                    .Select(l => l.Key)
            );
        return linked;
    }
}
