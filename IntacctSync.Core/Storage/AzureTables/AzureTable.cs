using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>Rows in one table of an Azure storage account or of its emulator Azurite.</summary>
/// <remarks>
/// <para>The table is made when it is first written to.</para>
/// <para>A write whose answer was lost is sent again by the client's pipeline, and may then be refused because the
/// first one was kept. Each write therefore leaves its own mark in the row, and a refusal that follows a repetition is
/// only told to the caller when the mark is not there.
/// </para>
/// </remarks>
public sealed class AzureTable : ITable
{
    private const int ReadsAtOnce = 16;
    private const int MaxPageRows = 1000;

    private readonly TableCalls _calls;
    private readonly LostWrites _lost;
    private readonly RowBatch _batch;
    private readonly IIdSource _ids;

    /// <param name="account">The account, and what to sign in with.</param>
    /// <param name="http">Sends the requests; without a time-out of its own, since each try has one.</param>
    /// <param name="ids">Makes the marks of writes.</param>
    /// <param name="options">Which table, and how calls are tried again.</param>
    public AzureTable(TableAccount account, HttpClient http, IIdSource ids, AzureTableOptions? options = null)
    {
        options ??= new AzureTableOptions();
        options.Transport = new HttpClientTransport(http);
        options.AddPolicy(new SendingCount.Policy(), HttpPipelinePosition.PerRetry);
        _calls = new TableCalls(account.Open(options).GetTableClient(options.Table), account.Endpoint);
        _lost = new LostWrites(FindAsync);
        _batch = new RowBatch(_calls, _lost);
        _ids = ids;
    }

    public async Task<TableRow?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        TableRules.CheckKey(partitionKey);
        TableRules.CheckKey(rowKey);
        return (await FindAsync(partitionKey, rowKey, cancellationToken))?.Row;
    }

    public async Task<IReadOnlyDictionary<string, TableRow>> GetManyAsync(
        string partitionKey,
        IReadOnlyCollection<string> rowKeys,
        CancellationToken cancellationToken
    )
    {
        TableRules.CheckKey(partitionKey);
        foreach (var key in rowKeys)
            TableRules.CheckKey(key);

        // The rows are read one by one, which the service does fast; a filter over several keys would scan the
        // partition.
        var found = new ConcurrentDictionary<string, TableRow>(StringComparer.Ordinal);
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = ReadsAtOnce,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(
            rowKeys.Distinct(StringComparer.Ordinal),
            options,
            async (key, token) =>
            {
                if (await FindAsync(partitionKey, key, token) is { } stored)
                    found[key] = stored.Row;
            }
        );
        return found;
    }

    public async Task<TablePage> QueryAsync(
        TableRange range,
        string? continuation,
        int pageSize,
        CancellationToken cancellationToken
    )
    {
        TableRules.CheckKey(range.PartitionKey);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pageSize);
        var position = continuation is null ? null : TablePosition.Read(continuation);
        var answer = await _calls.CallAsync(
            (table, token) => PageAsync(table, range, position, Math.Min(pageSize, MaxPageRows), token),
            cancellationToken
        );
        return answer.Fault switch
        {
            null => answer.Value!,
            { NoTable: true } => new TablePage([], null),
            var fault => throw TableCalls.Refusal(fault),
        };
    }

    public async Task<string> WriteAsync(TableWrite write, CancellationToken cancellationToken)
    {
        TableRules.Check(write);
        var marked = MarkedWrite.Of(write, _ids);
        var answer = await _calls.CallAsync(marked.SendAsync, cancellationToken);
        if (answer.Fault is { NoTable: true } && !marked.Deletes)
        {
            await _calls.CreateTableAsync(cancellationToken);
            answer = await _calls.CallAsync(marked.SendAsync, cancellationToken);
        }

        // For the client, deleting a row that is not there is a success.
        var fault = answer.Value is { Status: 404 } gone ? new TableFault(gone.Status, "", "") : answer.Fault;
        if (fault is null)
            return marked.Deletes ? "" : answer.Value!.Headers.ETag?.ToString() ?? "";
        if (write.Kind == TableWriteKind.DeleteIfThere && fault.Status == 404)
            return "";
        if (!fault.Conflicts && !fault.NoTable)
            throw TableCalls.Refusal(fault);
        if (answer.Repeated && await _lost.ETagsAsync([marked], cancellationToken) is [var kept])
            return kept;
        throw marked.Conflict(0, fault);
    }

    public async Task<IReadOnlyList<string>> WriteBatchAsync(
        IReadOnlyList<TableWrite> writes,
        CancellationToken cancellationToken
    )
    {
        TableRules.CheckBatch(writes);
        return writes.Count == 0
            ? []
            : await _batch.WriteAsync([.. writes.Select(write => MarkedWrite.Of(write, _ids))], cancellationToken);
    }

    private async Task<StoredRow?> FindAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        var answer = await _calls.CallAsync(
            (table, token) => table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, null, token),
            cancellationToken
        );
        if (answer.Fault is { } fault)
            return fault.Status == 404 ? null : throw TableCalls.Refusal(fault);
        return answer.Value is { HasValue: true, Value: { } entity } ? RowEntity.Read(entity) : null;
    }

    private static async Task<TablePage> PageAsync(
        TableClient table,
        TableRange range,
        string? position,
        int rows,
        CancellationToken cancellationToken
    )
    {
        var pages = table.QueryAsync<TableEntity>(TableFilter.Of(range), rows, null, cancellationToken);
        await foreach (var page in pages.AsPages(position).WithCancellation(cancellationToken))
        {
            return new TablePage(
                [.. page.Values.Select(entity => RowEntity.Read(entity).Row)],
                page.ContinuationToken is { } next ? TablePosition.Write(next) : null
            );
        }

        return new TablePage([], null);
    }
}
