using System.Runtime.CompilerServices;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Invoices.Books;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Comparing;

/// <summary>Zuper's invoices beside those of Accounts Receivable, or the documents of Order Entry.</summary>
internal sealed class InvoiceComparison(ZuperClient zuper, IntacctClient intacct, KeyMapStore keyMap) : IFlowComparison
{
    private const string InBooks = "in the books";
    private const string OutOfBooks = "out of the books";

    private static readonly string[] DocumentFields =
    [
        "RECORDNO",
        "DOCID",
        "DOCNO",
        "STATE",
        "CUSTVENDID",
        "WHENCREATED",
        "WHENDUE",
        "TOTAL",
        "TRX_TOTAL",
    ];

    public FlowName Flow => ZuperFlows.Invoices;

    public IReadOnlyList<string> Fields { get; } = ["customer", "date", "dueDate", "total", "state"];

    public async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> SourceAsync(
        ComparedScope scope,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var settings = scope.Connection.Zuper();
        await foreach (var page in zuper.ReadAllInvoicesAsync(scope.Access.Zuper(), ct))
        {
            var wanted = page.Items.Where(i => scope.Holds(InvoiceMapper.DateOf(i.InvoiceDate, settings))).ToList();
            yield return await OfAsync(scope, wanted, ct);
        }
    }

    public IAsyncEnumerable<IReadOnlyList<ComparedRecord>> TargetAsync(ComparedScope scope, CancellationToken ct) =>
        IsOrderEntry(scope)
            ? Sides.PagesAsync(
                intacct,
                scope,
                new IntacctQuery("SODOCUMENT", DocumentFields)
                {
                    Filter = QueryFilter.And(
                        QueryFilter.EqualTo("DOCPARID", scope.Connection.Zuper().Invoice.TransactionDefinition),
                        Sides.Within("WHENCREATED", scope)
                    ),
                },
                OfDocument,
                ct
            )
            : Sides.PagesAsync(
                intacct,
                scope,
                new IntacctQuery("ARINVOICE", ArInvoiceSummary.Fields) { Filter = Sides.Within("WHENCREATED", scope) },
                OfReceivable,
                ct
            );

    public async Task<ComparedRecord?> FindSourceAsync(ComparedScope scope, string sourceId, CancellationToken ct) =>
        await zuper.GetInvoiceAsync(scope.Access.Zuper(), sourceId, RequestPriority.Live, ct) is { } invoice
            ? (await OfAsync(scope, [invoice], ct)).Single() with
            {
                Whole = Sides.Whole(invoice),
            }
            : null;

    public async Task<IReadOnlyDictionary<string, ComparedRecord>> FindTargetsAsync(
        ComparedScope scope,
        IReadOnlyCollection<KeyMapEntry> entries,
        CancellationToken ct
    )
    {
        var found = new Dictionary<string, ComparedRecord>(StringComparer.OrdinalIgnoreCase);
        var ids = entries.Select(e => e.TargetId!).ToLookup(id => id.All(char.IsAsciiDigit));
        if (ids[true].Any())
        {
            var numbers = ids[true].Distinct(StringComparer.Ordinal).ToList();
            foreach (
                var record in await intacct.ReadAsync(
                    scope.Access.Intacct,
                    "ARINVOICE",
                    numbers,
                    ArInvoiceSummary.Fields,
                    ct
                )
            )
                Keep(OfReceivable(record), record);
        }

        if (ids[false].Any())
        {
            var names = ids[false].Distinct(StringComparer.Ordinal).ToList();
            foreach (
                var record in await intacct.ReadByNameAsync(
                    scope.Access.Intacct,
                    "SODOCUMENT",
                    names,
                    DocumentFields,
                    ct
                )
            )
                Keep(OfDocument(record), record);
        }

        return entries
            .Where(e => found.ContainsKey(e.TargetId!))
            .ToDictionary(e => e.Key.SourceId, e => found[e.TargetId!], StringComparer.Ordinal);

        void Keep(ComparedRecord? compared, IntacctRecord record)
        {
            if (compared is not null)
                found[compared.Id] = compared with { Whole = Sides.Whole(record) };
        }
    }

    private static bool IsOrderEntry(ComparedScope scope) =>
        scope.Connection.Zuper().Invoice.Document == InvoiceDocument.OrderEntry;

    private async Task<IReadOnlyList<ComparedRecord>> OfAsync(
        ComparedScope scope,
        IReadOnlyList<ZuperInvoice> invoices,
        CancellationToken ct
    )
    {
        var organizations = await LinksAsync(scope, ZuperFlows.Organizations, invoices.Select(Payer), ct);
        var settings = scope.Connection.Zuper();
        return
        [
            .. invoices.Select(invoice =>
            {
                var date = InvoiceMapper.DateOf(invoice.InvoiceDate, settings);
                var isGone = InvoiceStatus.Gone(invoice) is not null;
                return new ComparedRecord(
                    invoice.Uid,
                    invoice.DisplayNumber ?? "",
                    [
                        Payer(invoice) is { } payer ? organizations.GetValueOrDefault(payer) : null,
                        ComparedRecord.Text(date),
                        ComparedRecord.Text(InvoiceMapper.DateOf(invoice.DueDate, settings)),
                        ComparedRecord.Text(invoice.Total),
                        isGone ? OutOfBooks : InBooks,
                    ]
                )
                {
                    Date = date,
                    Amount = isGone ? 0 : invoice.Total ?? 0,
                    Currency = settings.Invoice.Currency,
                    ChangedAt = invoice.UpdatedAt,
                    Shows = invoice.CustomField(InvoiceMapper.SageInvoiceId),
                    LeftOut = WhyLeftOut(invoice, date, scope),
                };
            }),
        ];
    }

    private static string? WhyLeftOut(ZuperInvoice invoice, DateOnly? date, ComparedScope scope)
    {
        if (InvoiceStatus.Gone(invoice) is { } gone)
            return $"It is {gone} in Zuper.";
        if (!InvoiceStatus.IsAmong(invoice, scope.Connection.Zuper().Invoice.Statuses))
            return $"It is {invoice.Status ?? "without a status"} in Zuper.";
        return date < scope.Connection.StartDate() ? "It is dated before the sync's start." : null;
    }

    /// <summary>The organization that an invoice is billed to, where Zuper says it on the invoice.</summary>
    private static string? Payer(ZuperInvoice invoice) => invoice.OrganizationUid;

    private async Task<IReadOnlyDictionary<string, string>> LinksAsync(
        ComparedScope scope,
        FlowName flow,
        IEnumerable<string?> uids,
        CancellationToken ct
    )
    {
        var wanted = uids.OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (wanted.Count == 0)
            return new Dictionary<string, string>(StringComparer.Ordinal);
        var rows = await keyMap.GetManyAsync(scope.Connection.Id, flow, wanted, ct);
        return rows.Where(r => r.Value.TargetId is not null)
            .ToDictionary(r => r.Key, r => r.Value.TargetId!, StringComparer.Ordinal);
    }

    private static ComparedRecord? OfReceivable(IntacctRecord record)
    {
        if (record["RECORDNO"] is null)
            return null;
        var invoice = ArInvoiceSummary.Read(record);
        var total = invoice.TrxTotalEntered ?? invoice.TotalEntered ?? 0;
        return Target(
            invoice.RecordNo,
            invoice.InvoiceNo,
            invoice.CustomerId,
            invoice.Date,
            invoice.DueDate,
            total,
            ReceivableBook.StateOf(invoice.State, 0, total)
        );
    }

    private static ComparedRecord? OfDocument(IntacctRecord record) =>
        record["DOCID"] is { } id
            ? Target(
                id,
                record["DOCNO"],
                record["CUSTVENDID"],
                record.Date("WHENCREATED"),
                record.Date("WHENDUE"),
                record.Decimal("TRX_TOTAL") ?? record.Decimal("TOTAL") ?? 0,
                ReceivableBook.StateOf(record["STATE"], 0, 1)
            )
            : null;

    private static ComparedRecord Target(
        string id,
        string? number,
        string? customer,
        DateOnly? date,
        DateOnly? due,
        decimal total,
        BookedState state
    )
    {
        var isOut = state == BookedState.Reversed;
        return new ComparedRecord(
            id,
            number ?? id,
            [
                customer,
                ComparedRecord.Text(date),
                ComparedRecord.Text(due),
                ComparedRecord.Text(total),
                isOut ? OutOfBooks
                : state == BookedState.Draft ? "a draft"
                : InBooks,
            ]
        )
        {
            Date = date,
            Amount = isOut ? 0 : total,
        };
    }
}
