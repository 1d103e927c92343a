using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.Review;

/// <summary>Where the comparisons at night of a connection stand.</summary>
/// <param name="At">Up to when the times of the settings were taken up.</param>
/// <param name="IsOwed">Whether the last of them was not carried through yet.</param>
/// <param name="RunId">The run that was begun for it; null while there is none.</param>
/// <param name="Tries">How many runs for it were broken off.</param>
/// <param name="TakenUntil">Until when somebody is at it; null where nobody is.</param>
internal sealed record NightlyRun(
    DateTimeOffset At,
    bool IsOwed = false,
    string? RunId = null,
    int Tries = 0,
    DateTimeOffset? TakenUntil = null
)
{
    private const string Key = "nightly";

    /// <summary>As it is stored; null where it is not.</summary>
    public string? ETag { get; init; }

    /// <summary>All that belongs to a connection, for its removal.</summary>
    public static string Partition(ConnectionId connection) => TableKey.Join(connection.Value, Key);

    public static async Task<NightlyRun?> ReadAsync(
        ITable table,
        ConnectionId connection,
        CancellationToken cancellationToken
    ) =>
        await table.GetAsync(Partition(connection), Key, cancellationToken) is { } row && row.Time("At") is { } at
            ? new NightlyRun(
                at,
                row.Flag("IsOwed") ?? false,
                row.Text("RunId"),
                (int)(row.Integer("Tries") ?? 0),
                row.Time("TakenUntil")
            )
            {
                ETag = row.ETag,
            }
            : null;

    /// <returns>As it is stored now; null where somebody else has changed it meanwhile.</returns>
    public async Task<NightlyRun?> SaveAsync(
        ITable table,
        ConnectionId connection,
        CancellationToken cancellationToken
    )
    {
        var row = new TableRow(
            Partition(connection),
            Key,
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["At"] = At,
                ["IsOwed"] = IsOwed,
                ["RunId"] = RunId,
                ["Tries"] = Tries,
                ["TakenUntil"] = TakenUntil,
            }
        );
        try
        {
            return this with
            {
                ETag = await table.WriteAsync(
                    ETag is { } etag ? TableWrite.Replace(row, etag) : TableWrite.Insert(row),
                    cancellationToken
                ),
            };
        }
        catch (TableConflictException)
        {
            return null;
        }
    }
}
