using System.Collections.Concurrent;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Apps.Choices;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Recoverability;

namespace IntacctSync.Core.Review;

/// <summary>
/// Reads from both systems what the fields of a connection's form can be chosen from, and keeps it for a quarter of an
/// hour. A list that can't be read is left out, so that its fields are written by hand.
/// </summary>
public sealed class ChoiceReader(
    AppCatalog apps,
    ConnectionAccessSource access,
    IntacctClient intacct,
    LeasedReading turn,
    TimeProvider time
)
{
    private static readonly TimeSpan Lasting = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestOfAll = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<ConnectionId, FormChoices> _kept = new();

    /// <summary>What was read not long ago with the settings as they are; null where nothing was.</summary>
    public FormChoices? Kept(Connection connection) =>
        _kept.TryGetValue(connection.Id, out var kept)
        && kept.Revision == connection.Revision
        && NotedTimes.IsWithin(Lasting, kept.At, time.GetUtcNow())
            ? kept
            : null;

    /// <summary>Keeps what was read, after settings were changed that no list depends on.</summary>
    public void CarryOver(Connection before, Connection? after)
    {
        if (
            after is not null
            && Kept(before) is { } kept
            && before.Settings.Intacct == after.Settings.Intacct
            && !after.Settings.AccountChanges(before.Settings).Any()
            && after.Settings.ListsAsWith(before.Settings)
        )
            _kept[after.Id] = kept with { Revision = after.Revision };
    }

    /// <summary>Reads all lists anew. It never fails: what could not be read is named.</summary>
    public async Task<FormChoices> ReadAsync(Connection connection, CancellationToken cancellationToken)
    {
        var lists = apps.Of(connection).Choices;
        var read = new Dictionary<string, IReadOnlyList<FieldChoice>>(StringComparer.Ordinal);
        var unread = new List<UnreadList>();
        ConnectionAccess? given = null;
        Exception? refused = null;
        try
        {
            given = await access.GetAsync(connection, cancellationToken);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            refused = e;
        }

        using var purpose = TransactionPurpose.Enter(TransactionPurpose.Other);
        using var over = new CancellationTokenSource(LongestOfAll, time);
        foreach (var list in lists)
        {
            if (given is null)
                unread.Add(Unread(connection, list, refused!));
            else if (await TryAsync(connection, list, given, read, over.Token, cancellationToken) is { } failed)
                unread.Add(Unread(connection, list, failed));
        }

        return _kept[connection.Id] = new FormChoices(read, unread, connection.Revision, time.GetUtcNow());
    }

    /// <returns>Why it could not be read; null where it was.</returns>
    private async Task<Exception?> TryAsync(
        Connection connection,
        ChoiceList list,
        ConnectionAccess given,
        Dictionary<string, IReadOnlyList<FieldChoice>> read,
        CancellationToken over,
        CancellationToken cancellationToken
    )
    {
        using var longest = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(longest.Token, over, cancellationToken);
        try
        {
            read[list.Name] = await turn.WithAsync(
                connection.Company,
                Patience,
                () => list.ReadAsync(new ChoiceLook(intacct, given, connection.Settings), either.Token),
                either.Token
            );
            return null;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            return new TimeoutException("It took too long.", e);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            return e;
        }
    }

    private static UnreadList Unread(Connection connection, ChoiceList list, Exception why) =>
        new(
            list.Title,
            why is CompanyBusyException or TimeoutException
                ? why.Message
                : Failures.Of(why).Problem.Naming(connection.Settings.Profile.Title).Message
        );
}

/// <summary>What the fields of a form can be chosen from.</summary>
/// <param name="Lists">By the names of the lists; a list that could not be read is missing.</param>
/// <param name="Unread">What could not be read, and why.</param>
/// <param name="Revision">Of the connection's settings.</param>
/// <param name="At">When it was read.</param>
public sealed record FormChoices(
    IReadOnlyDictionary<string, IReadOnlyList<FieldChoice>> Lists,
    IReadOnlyList<UnreadList> Unread,
    int Revision,
    DateTimeOffset At
);

/// <summary>A list that could not be read.</summary>
/// <param name="Title">What it is a list of.</param>
/// <param name="Why">What was found.</param>
public sealed record UnreadList(string Title, string Why);
