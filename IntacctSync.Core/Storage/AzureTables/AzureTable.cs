using System.Collections.Concurrent;
using Azure.Core;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>Rows in one table of an Azure storage account or of its emulator Azurite, spoken to by REST.</summary>
/// <remarks>
/// <para>The table is made when it is first written to. Requests and answers as learn.microsoft.com, "Table service
/// REST API", gives them.</para>
/// <para> A write whose answer was lost is sent again by the pipeline, and may then be refused because the first one
/// was kept. Each write therefore leaves its own mark in the row, and a refusal that follows a repetition is only told
/// to the caller when the mark is not there.
/// </para>
/// </remarks>
public sealed class AzureTable : ITable
{
    private const int ReadsAtOnce = 16;
    private const int MaxPageRows = 1000;

    private readonly TableWire _wire;
    private readonly LostWrites _lost;
    private readonly RowBatch _batch;
    private readonly IIdSource _ids;

    public AzureTable(TableAccount account, TimeProvider time, IIdSource ids, AzureTableOptions? options = null)
    {
        _wire = new TableWire(account, time, options ?? new AzureTableOptions());
        _lost = new LostWrites(FindAsync);
        _batch = new RowBatch(_wire, _lost);
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

        // Reads of single rows are what the service is fast at; a filter over several keys scans the partition.
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
        var answer = await _wire.SendAsync(
            RequestMethod.Get,
            _wire.Address.Range(range, position, Math.Min(pageSize, MaxPageRows)),
            null,
            null,
            cancellationToken
        );
        if (!answer.Succeeded)
            return answer.Fault.NoTable ? new TablePage([], null) : throw TableWire.Refusal(answer.Fault);
        using var json = answer.Json();
        var next = answer.Header("x-ms-continuation-NextPartitionKey") is { } partition
            ? new TablePosition(partition, answer.Header("x-ms-continuation-NextRowKey"))
            : null;
        return new TablePage(
            [.. json.RootElement.GetProperty("value").EnumerateArray().Select(entity => EntityJson.Read(entity).Row)],
            next?.ToContinuation()
        );
    }

    public async Task<string> WriteAsync(TableWrite write, CancellationToken cancellationToken)
    {
        TableRules.Check(write);
        var marked = MarkedWrite.Of(write, _ids);
        var answer = await SendAsync(marked, cancellationToken);
        if (
            answer is { Succeeded: false, Fault.NoTable: true }
            && write.Kind is not (TableWriteKind.Delete or TableWriteKind.DeleteIfThere)
        )
        {
            await _wire.CreateTableAsync(cancellationToken);
            answer = await SendAsync(marked, cancellationToken);
        }

        if (answer.Succeeded)
            return marked.Deletes ? "" : answer.ETag;
        var fault = answer.Fault;
        if (write.Kind == TableWriteKind.DeleteIfThere && fault.Status == 404)
            return "";
        if (!fault.Conflicts && !fault.NoTable)
            throw TableWire.Refusal(fault);
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

    private Task<TableAnswer> SendAsync(MarkedWrite write, CancellationToken cancellationToken) =>
        _wire.SendAsync(write.Method, write.Uri(_wire.Address), write.Body, write.IfMatch, cancellationToken);

    private async Task<StoredRow?> FindAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        var answer = await _wire.SendAsync(
            RequestMethod.Get,
            _wire.Address.Row(partitionKey, rowKey),
            null,
            null,
            cancellationToken
        );
        if (!answer.Succeeded)
            return answer.Status == 404 ? null : throw TableWire.Refusal(answer.Fault);
        using var json = answer.Json();
        var stored = EntityJson.Read(json.RootElement);
        return stored.Row.ETag.Length > 0 ? stored : stored with { Row = stored.Row with { ETag = answer.ETag } };
    }
}
