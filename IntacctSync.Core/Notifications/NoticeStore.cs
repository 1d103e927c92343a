using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.Notifications;

/// <summary>
/// Keeps the notices until their e-mails are sent, and which causes people were told of. So a restart neither loses nor
/// repeats an e-mail.
/// </summary>
public sealed class NoticeStore(ITable table, EmailOptions options, TimeProvider time)
{
    private const int PageSize = 1000;

    /// <summary>
    /// Notes that records need a person or were given up. To be called before their rows say so: then a crash between
    /// the two loses nothing.
    /// </summary>
    /// <param name="connection">Whose records.</param>
    /// <param name="flow">Their flow.</param>
    /// <param name="failures">The id of each, and the code of its problem.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    public Task AddAsync(
        ConnectionId connection,
        FlowName flow,
        IEnumerable<(string SourceId, string Code)> failures,
        CancellationToken cancellationToken
    ) =>
        AddAsync(
            connection,
            failures.Select(f => new Notice(new Cause(flow.Value, f.Code), f.SourceId, time.GetUtcNow())),
            cancellationToken
        );

    /// <summary>Notes that a whole feed could not be read and was given up.</summary>
    public Task AddFeedAsync(
        ConnectionId connection,
        string feed,
        Problem problem,
        CancellationToken cancellationToken
    ) => AddFeedAsync(connection, feed, problem, null, cancellationToken);

    /// <summary>Notes what is not of one record alone; it takes the place of a notice of the same cause that
    /// waits.</summary>
    /// <param name="connection">Whose people are told.</param>
    /// <param name="feed">The flow, or another word for what it is of.</param>
    /// <param name="problem">What they are told.</param>
    /// <param name="runId">The run that found it; null where none did.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    internal Task AddFeedAsync(
        ConnectionId connection,
        string feed,
        Problem problem,
        string? runId,
        CancellationToken cancellationToken
    ) =>
        AddAsync(
            connection,
            [
                new Notice(
                    new Cause(feed, problem.Code),
                    null,
                    time.GetUtcNow(),
                    PersonalData.Mask(problem.Message),
                    PersonalData.Mask(problem.Fix),
                    RunId: runId
                ),
            ],
            cancellationToken
        );

    /// <summary>All that belongs to a connection, for its removal.</summary>
    internal static string Partition(ConnectionId connection) => NoticeRow.Partition(connection);

    internal async Task<ConnectionNotices> ReadAsync(ConnectionId connection, CancellationToken cancellationToken)
    {
        var rows = new List<TableRow>();
        string? continuation = null;
        do
        {
            var page = await table.QueryAsync(
                new TableRange(NoticeRow.Partition(connection)),
                continuation,
                PageSize,
                cancellationToken
            );
            rows.AddRange(page.Rows);
            continuation = page.Continuation;
        } while (continuation is not null);

        return NoticeRow.Read(rows);
    }

    /// <summary>Where a connection's e-mails stand.</summary>
    public async Task<MailState> ReadStateAsync(ConnectionId connection, CancellationToken cancellationToken) =>
        await table.GetAsync(NoticeRow.Partition(connection), NoticeRow.StateKey, cancellationToken) is { } row
            ? NoticeRow.ReadState(row)
            : new MailState();

    /// <returns>Where its e-mails stand now, as stored; null when another instance has changed it.</returns>
    internal async Task<MailState?> SaveAsync(
        ConnectionId connection,
        MailState state,
        CancellationToken cancellationToken
    )
    {
        var row = NoticeRow.OfState(connection, state);
        try
        {
            return state with
            {
                ETag = await table.WriteAsync(
                    state.ETag.Length == 0 ? TableWrite.Insert(row) : TableWrite.Replace(row, state.ETag),
                    cancellationToken
                ),
            };
        }
        catch (TableConflictException)
        {
            return null;
        }
    }

    /// <summary>Notes that a mail server has accepted an e-mail with these notices.</summary>
    internal async Task ToldAsync(
        ConnectionId connection,
        IEnumerable<Notice> told,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        foreach (var chunk in told.DistinctBy(n => n.Cause).Chunk(TableLimits.BatchRows))
            await table.WriteBatchAsync(
                [.. chunk.Select(n => TableWrite.Upsert(NoticeRow.OfTold(connection, n.Cause, n.RunId, at)))],
                cancellationToken
            );
    }

    /// <summary>Takes back what is not of one record alone and waits to be told: it does not hold any more.</summary>
    internal async Task WithdrawAsync(ConnectionId connection, Cause cause, CancellationToken cancellationToken)
    {
        var partition = NoticeRow.Partition(connection);
        if (await table.GetAsync(partition, NoticeRow.FeedKey(cause), cancellationToken) is not { } row)
            return;
        try
        {
            await table.WriteAsync(TableWrite.Delete(partition, row.RowKey, row.ETag), cancellationToken);
        }
        catch (TableConflictException)
        {
            // It was told just now.
        }
    }

    /// <summary>The run that the last e-mail about a cause told of, of those that a mail server accepted.</summary>
    internal async Task<string?> ToldRunAsync(
        ConnectionId connection,
        Cause cause,
        CancellationToken cancellationToken
    ) =>
        (await table.GetAsync(NoticeRow.Partition(connection), NoticeRow.ToldKey(cause), cancellationToken))?.Text(
            "RunId"
        );

    /// <summary>Removes notices. A notice that was written again meanwhile stays.</summary>
    internal async Task RemoveAsync(
        ConnectionId connection,
        IEnumerable<Notice> notices,
        CancellationToken cancellationToken
    )
    {
        foreach (var chunk in notices.Chunk(TableLimits.BatchRows))
        {
            if (await TryRemoveAsync(connection, chunk, cancellationToken))
                continue;
            foreach (var single in chunk)
                await TryRemoveAsync(connection, [single], cancellationToken);
        }
    }

    private async Task AddAsync(
        ConnectionId connection,
        IEnumerable<Notice> notices,
        CancellationToken cancellationToken
    )
    {
        if (!options.On)
            return;
        foreach (var chunk in notices.Chunk(TableLimits.BatchRows))
            await table.WriteBatchAsync(
                [.. chunk.Select(n => TableWrite.Upsert(NoticeRow.OfNotice(connection, n)))],
                cancellationToken
            );
    }

    private async Task<bool> TryRemoveAsync(
        ConnectionId connection,
        IReadOnlyList<Notice> notices,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await table.WriteBatchAsync([.. notices.Select(n => NoticeRow.Delete(connection, n))], cancellationToken);
            return true;
        }
        catch (TableConflictException)
        {
            return false;
        }
    }
}

/// <summary>What a connection's people were told, and what they are to be told.</summary>
/// <param name="Mail">Where its e-mails stand.</param>
/// <param name="Waiting">What is to be told.</param>
/// <param name="Told">When each cause was last told.</param>
public sealed record ConnectionNotices(
    MailState Mail,
    IReadOnlyList<Notice> Waiting,
    IReadOnlyDictionary<Cause, DateTimeOffset> Told
);
