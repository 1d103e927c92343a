using System.Runtime.CompilerServices;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Customers;
using IntacctSync.Core.Upflow.Receipts;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Comparing;

/// <summary>
/// Intacct's customers beside those of Upflow: whether each owes the same on both sides, in each currency.
/// </summary>
/// <remarks>
/// Both balances are summed up from documents: Upflow tells one number for a customer, and not of which currency. What
/// a customer has in Upflow that nobody carried there counts as well.
/// </remarks>
internal sealed class CustomerComparison(
    UpflowClient upflow,
    IntacctClient intacct,
    OpenDocuments open,
    KeyMapStore keyMap
) : IFlowComparison
{
    private const string Object = "CUSTOMER";
    private const string Name = "name";
    private const string Balance = "balance";

    private static readonly string[] Read = ["RECORDNO", "CUSTOMERID", "NAME", "STATUS"];

    /// <summary>The kinds of documents, and whether each is owed.</summary>
    private static readonly (UpflowKind Kind, bool IsOwed)[] Kinds =
    [
        (UpflowKind.Invoice, true),
        (UpflowKind.CreditNote, false),
        (UpflowKind.Payment, false),
        (UpflowKind.Refund, true),
    ];

    public FlowName Flow => UpflowFlows.Customers;

    public IReadOnlyList<string> Fields { get; } = [Name, Balance];

    /// <summary>The row's title is of the name that was last looked at.</summary>
    public bool? IsAsWritten(string field, KeyMapEntry entry, ComparedRecord source) =>
        field == Name && UpflowSides.IsAtRest(entry) && source.Title == entry.Title ? true : null;

    /// <summary>A balance is nobody's to change: it is what the documents come to.</summary>
    public string? Explains(string field, ComparedRecord source, ComparedRecord target) =>
        target.Remark
        ?? (
            field == Balance
                ? "Its invoices, credit notes or payments differ, or one of them is not carried over: those are named "
                    + "where their flows are compared."
                : null
        );

    public async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> SourceAsync(
        ComparedScope scope,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var balances = new CustomerBalances();
        await foreach (var page in open.PagesAsync(scope, null, ct))
        {
            balances.Add(page);

            // Between two pages live changes pass.
            yield return [];
        }

        await foreach (var page in intacct.QueryPagesAsync(scope.Access.Intacct, new IntacctQuery(Object, Read), ct))
            yield return [.. page.Records.Select(r => OfSource(r, balances)).OfType<ComparedRecord>()];
    }

    public async IAsyncEnumerable<IReadOnlyList<ComparedRecord>> TargetAsync(
        ComparedScope scope,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var (balances, others) = (new CustomerBalances(), new CustomerBalances());
        foreach (var (kind, isOwed) in Kinds)
        {
            await foreach (var page in UpflowSides.PagesAsync(upflow, scope, kind, ct))
            {
                AddUp(balances, others, Counting(kind, page), isOwed);
                yield return [];
            }
        }

        await foreach (var page in UpflowSides.PagesAsync(upflow, scope, UpflowKind.Customer, ct))
            yield return [.. page.Where(c => c.Id is not null).Select(c => OfTarget(c, balances, others))];
    }

    public async Task<ComparedRecord?> FindSourceAsync(ComparedScope scope, string sourceId, CancellationToken ct)
    {
        var query = new IntacctQuery(Object, Read) { Filter = QueryFilter.EqualTo("CUSTOMERID", sourceId) };
        var row = await intacct
            .QueryAsync(scope.Access.Intacct, query, ct)
            .FirstOrDefaultAsync(r => r["CUSTOMERID"] is not null, ct);
        if (row is null)
            return null;
        var balances = new CustomerBalances();
        await foreach (var page in open.PagesAsync(scope, sourceId, ct))
            balances.Add(page);

        return OfSource(row, balances)! with
        {
            Whole = UpflowSides.Whole(row),
        };
    }

    /// <summary>Their balances are not told: all of Intacct's customers are listed, with these.</summary>
    public async Task<IReadOnlyDictionary<string, ComparedRecord>> FindSourcesAsync(
        ComparedScope scope,
        IReadOnlyCollection<string> sourceIds,
        CancellationToken ct
    )
    {
        var query = new IntacctQuery(Object, Read) { Filter = QueryFilter.In("CUSTOMERID", sourceIds) };
        var found = new Dictionary<string, ComparedRecord>(StringComparer.Ordinal);
        await foreach (var row in intacct.QueryAsync(scope.Access.Intacct, query, ct))
        {
            if (OfSource(row, new CustomerBalances()) is { } customer)
                found[customer.Id] = customer with { Values = [customer.Values[0], null] };
        }

        return found;
    }

    public async Task<IReadOnlyDictionary<string, ComparedRecord>> FindTargetsAsync(
        ComparedScope scope,
        IReadOnlyCollection<KeyMapEntry> entries,
        CancellationToken ct
    )
    {
        var found = new Dictionary<string, ComparedRecord>(StringComparer.Ordinal);
        foreach (
            var (sourceId, read) in await UpflowSides.FindAsync(upflow, keyMap, scope, UpflowKind.Customer, entries, ct)
        )
        {
            var (balances, others) = (new CustomerBalances(), new CustomerBalances());
            foreach (var (kind, isOwed) in Kinds)
                AddUp(
                    balances,
                    others,
                    Counting(
                        kind,
                        await upflow
                            .ListAsync(scope.Access.Upflow(), kind, read.Id, RequestPriority.Live, ct)
                            .Where(r => r.CustomerId == read.Id)
                            .ToListAsync(ct)
                    ),
                    isOwed
                );
            found[sourceId] = OfTarget(read, balances, others) with { Whole = UpflowSides.Whole(read) };
        }

        return found;
    }

    /// <summary>A payment whose money did not come counts nothing.</summary>
    private static IReadOnlyList<UpflowRead> Counting(UpflowKind kind, IReadOnlyList<UpflowRead> records) =>
        kind == UpflowKind.Payment ? [.. records.Where(r => ReceiptStates.Of(r) != ReceiptState.Failed)] : records;

    /// <param name="balances">Takes them all.</param>
    /// <param name="others">Takes those that nobody carried there.</param>
    /// <param name="records">Of one kind.</param>
    /// <param name="isOwed">Whether they are owed.</param>
    private static void AddUp(
        CustomerBalances balances,
        CustomerBalances others,
        IReadOnlyList<UpflowRead> records,
        bool isOwed
    )
    {
        foreach (var record in records.Where(r => r.CustomerId is not null))
        {
            if (record.Unreadable is { } why)
                balances.AddUnreadable(record.CustomerId!, why);
            var currency = record.Currency ?? "";
            var units = isOwed && record.GrossAmount is not null ? record.AmountOutstanding : record.Unlinked;
            decimal? amount = units is { } all ? UpflowMoney.FromSmallest(isOwed ? all : -all, currency) : null;
            balances.Add(record.CustomerId!, currency, amount);
            if (record.ExternalId is null)
                others.Add(record.CustomerId!, currency, amount);
        }
    }

    private static ComparedRecord? OfSource(IntacctRecord row, CustomerBalances balances)
    {
        if (row["CUSTOMERID"]?.Trim() is not { Length: > 0 } id)
            return null;
        var (name, balance) = (row["NAME"] ?? id, balances.Of(id));
        if (balances.Unreadable(id) is { } why)
            return ComparedRecord.Unreadable(id, UpflowCustomerMapper.TitleOf(id, name), 2, why);
        return new ComparedRecord(id, UpflowCustomerMapper.TitleOf(id, name), [name.Trim(), balance])
        {
            Name = name,
            LeftOut = balance is CustomerBalances.Nothing ? "It owes nothing that is carried over." : null,
        };
    }

    private static ComparedRecord OfTarget(UpflowRead customer, CustomerBalances balances, CustomerBalances others) =>
        balances.Unreadable(customer.Id!) is { } why
            ? ComparedRecord.Unreadable(customer.Id!, customer.Name ?? "", 2, why, "Upflow")
            : new(customer.Id!, customer.Name ?? "", [customer.Name?.Trim(), balances.Of(customer.Id!)])
            {
                Remark = others.Of(customer.Id!) is not CustomerBalances.Nothing and { } by
                    ? $"Upflow has documents that nobody carried there: {by} of its balance is theirs."
                    : null,
                Shows = customer.ExternalId,
            };
}
