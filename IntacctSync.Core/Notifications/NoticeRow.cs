using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.Notifications;

/// <summary>
/// How notices lie in the table: in a partition of their connection the state of its e-mails, then the notices that
/// wait, then the causes that people were told of.
/// </summary>
internal static class NoticeRow
{
    public const string StateKey = "1head";
    private const string WaitingPrefix = "2waiting";
    private const string ToldPrefix = "3told";

    public static string Partition(ConnectionId connection) => TableKey.Join(connection.Value, "notices");

    public static TableRow OfState(ConnectionId connection, MailState state) =>
        Row(
            connection,
            StateKey,
            new(StringComparer.Ordinal)
            {
                ["DigestAt"] = state.DigestAt,
                ["ToldStop"] = state.ToldStop,
                ["ClaimedUntil"] = state.ClaimedUntil,
                ["Failures"] = state.Failures,
                ["NextTryAt"] = state.NextTryAt,
                ["LastSentAt"] = state.LastSentAt,
                ["LastError"] = state.LastError,
            }
        );

    public static TableRow OfNotice(ConnectionId connection, Notice notice) =>
        Row(
            connection,
            KeyOf(notice),
            new(StringComparer.Ordinal)
            {
                ["Flow"] = notice.Cause.Flow,
                ["Code"] = notice.Cause.Code,
                ["SourceId"] = notice.SourceId,
                ["At"] = notice.At,
                ["Reason"] = notice.Reason,
                ["Fix"] = notice.Fix,
                ["RunId"] = notice.RunId,
            }
        );

    public static string ToldKey(Cause cause) => TableKey.Join(ToldPrefix, cause.Flow, cause.Code);

    public static TableRow OfTold(ConnectionId connection, Cause cause, string? runId, DateTimeOffset at) =>
        Row(
            connection,
            ToldKey(cause),
            new(StringComparer.Ordinal)
            {
                ["Flow"] = cause.Flow,
                ["Code"] = cause.Code,
                ["At"] = at,
                ["RunId"] = runId,
            }
        );

    /// <summary>Where a notice waits that is not of one record alone.</summary>
    public static string FeedKey(Cause cause) => TableKey.Join(WaitingPrefix, "feed", cause.Flow, cause.Code);

    public static TableWrite Delete(ConnectionId connection, Notice notice) =>
        TableWrite.Delete(Partition(connection), KeyOf(notice), notice.ETag);

    public static ConnectionNotices Read(IReadOnlyList<TableRow> rows)
    {
        var state = rows.FirstOrDefault(r => r.RowKey == StateKey);
        return new ConnectionNotices(
            state is null ? new MailState() : ReadState(state),
            [.. rows.Where(r => r.RowKey.StartsWith(WaitingPrefix, StringComparison.Ordinal)).Select(ReadNotice)],
            rows.Where(r => r.RowKey.StartsWith(ToldPrefix, StringComparison.Ordinal))
                .ToDictionary(CauseOf, r => r.Time("At")!.Value)
        );
    }

    public static MailState ReadState(TableRow row) =>
        new(
            row.Time("DigestAt"),
            row.Time("ToldStop"),
            row.Time("ClaimedUntil"),
            (int)(row.Integer("Failures") ?? 0),
            row.Time("NextTryAt"),
            row.Time("LastSentAt"),
            row.Text("LastError"),
            row.ETag
        );

    private static Notice ReadNotice(TableRow row) =>
        new(
            CauseOf(row),
            row.Text("SourceId"),
            row.Time("At")!.Value,
            row.Text("Reason"),
            row.Text("Fix"),
            row.ETag,
            row.Text("RunId")
        );

    private static Cause CauseOf(TableRow row) => new(row.Text("Flow")!, row.Text("Code")!);

    /// <summary>
    /// The code is part of the key, so a record that fails again for another reason gets another notice.
    /// </summary>
    private static string KeyOf(Notice notice) =>
        notice.SourceId is { } id
            ? TableKey.Join(WaitingPrefix, "record", notice.Cause.Flow, ShortHash.Of(id, 32), notice.Cause.Code)
            : FeedKey(notice.Cause);

    private static TableRow Row(ConnectionId connection, string key, Dictionary<string, object?> properties) =>
        new(Partition(connection), key, properties);
}
