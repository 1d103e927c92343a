using IntacctSync.Core.Apps;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Review;

namespace IntacctSync.Web.Console.Records;

/// <summary>
/// Looks through the target's records for those that may be a record's counterpart, so that a person can choose. It
/// reads, links nothing, and proposes none that belongs to another record.
/// </summary>
internal sealed class LinkCandidates(
    AppCatalog apps,
    ConnectionAccessSource access,
    KeyMapStore keyMap,
    LeasedReading turn,
    TimeProvider time
)
{
    private const int Most = 8;
    private const int Kept = 200;
    private const int SameName = 4;
    private const int SameAmount = 3;
    private const int LikeName = 2;
    private const int SameDate = 1;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <exception cref="CompanyBusyException">The sync is at the company.</exception>
    /// <exception cref="Exception">A system could not be read.</exception>
    public async Task<FoundCandidates> FindAsync(
        Connection connection,
        FlowName flow,
        string sourceId,
        CancellationToken cancellationToken
    )
    {
        if (apps.Of(connection).Comparisons.FirstOrDefault(c => c.Flow == flow) is not { } comparison)
            return new FoundCandidates([], CandidatesRead.NotAtAll);
        using var purpose = TransactionPurpose.Enter(flow.Value);
        using var longest = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(longest.Token, cancellationToken);
        var scope = new ComparedScope(connection, await access.GetAsync(connection, cancellationToken));
        var found = new List<(ComparedRecord Record, int Score)>();
        var looked = CandidatesRead.ToTheEnd;
        try
        {
            var source = await turn.WithAsync(
                connection.Company,
                Patience,
                () => comparison.FindSourceAsync(scope, sourceId, either.Token),
                either.Token
            );
            if (source is null)
                return new FoundCandidates([], CandidatesRead.WithoutSource);
            if (comparison.CandidatesAsync(scope, source, either.Token) is not { } pages)
                return new FoundCandidates([], CandidatesRead.NotAtAll);
            await using var each = pages.GetAsyncEnumerator(either.Token);

            // The company is left between two pages, so that live changes pass.
            while (
                await turn.WithAsync(connection.Company, Patience, async () => await each.MoveNextAsync(), either.Token)
            )
            {
                found.AddRange(each.Current.Select(r => (r, Score(source, r))).Where(f => f.Item2 > 0));
                if (found.Count > Kept)
                    found = [.. found.OrderByDescending(f => f.Score).Take(Kept)];
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What was found until now is worth showing.
            looked = CandidatesRead.InPart;
        }

        var owners = await keyMap.FindByTargetsAsync(
            connection.Id,
            flow,
            [.. found.Select(f => f.Record.Id).Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        return new FoundCandidates(
            [
                .. found
                    .Where(f => !owners.ContainsKey(f.Record.Id.ToUpperInvariant()))
                    .OrderByDescending(f => f.Score)
                    .ThenBy(f => f.Record.Title, StringComparer.Ordinal)
                    .Take(Most)
                    .Select(f => f.Record),
            ],
            looked
        );
    }

    /// <summary>How alike two records are; 0 for not at all. Pure.</summary>
    internal static int Score(ComparedRecord source, ComparedRecord target)
    {
        var (name, other) = (ComparisonKey.Of(source.Name), ComparisonKey.Of(target.Name));
        var score =
            name.Length == 0 || other.Length == 0 ? 0
            : name == other ? SameName
            : name.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(name, StringComparison.Ordinal)
                ? LikeName
            : 0;
        if (source.Amount is { } amount && amount == target.Amount)
            score += SameAmount;
        return score > 0 && source.Date is { } day && day == target.Date ? score + SameDate : score;
    }
}

/// <summary>How far the target was looked through.</summary>
public enum CandidatesRead
{
    ToTheEnd,

    /// <summary>The time was up before all was read.</summary>
    InPart,

    /// <summary>The source does not show the record, so that nothing can be like it.</summary>
    WithoutSource,

    /// <summary>The target has no list of what it may be.</summary>
    NotAtAll,
}
