using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Organizations;

/// <summary>
/// Asks Zuper for other records of the same name or e-mail address before one of them takes a customer that was found
/// by it. A property manager may have several organizations with one address, and they seldom come in one batch.
/// </summary>
public sealed class Namesakes(ZuperClient zuper, KeyMapStore keyMap, NamesakeLists lists)
{
    /// <summary>So many are asked for at the same time, since such a search takes Zuper seconds.</summary>
    private const int AtOnce = 4;

    /// <summary>How many of a batch are asked about one by one; for more the lists are read and kept.</summary>
    private const int MostSearches = 8;

    /// <summary>By what a record is compared with customers; empty where it has nothing there. Pure.</summary>
    internal static string ValueOf(CustomerSource source, MatchKind kind) =>
        kind == MatchKind.Email ? ContactDetails.Email(source.Email) ?? "" : IntacctText.Clean(source.Name);

    /// <summary>
    /// What was found, with the namesakes of each record that just one customer fits. A record for which Zuper could
    /// not be asked ends, and is left out.
    /// </summary>
    internal async Task<List<Candidates>> AddAsync(
        RecordPass pass,
        IReadOnlyList<Candidates> all,
        IReadOnlyDictionary<string, string> links,
        IReadOnlyDictionary<string, CustomerSource> sources,
        CancellationToken cancellationToken
    )
    {
        var told = new List<Candidates>();
        var fits = all.Where(c => c.Kind != MatchKind.SageId)
            .Select(c => (c.SourceId, Free: CustomerMatch.Free(c, links)))
            .Where(c => c.Free is [_])
            .ToDictionary(c => c.SourceId, c => c.Free[0], StringComparer.Ordinal);
        NamesakeList? list = null;
        try
        {
            if (fits.Count > MostSearches)
                list = await lists.OfAsync(pass.Batch.Connection, pass.Batch.Access.Zuper(), cancellationToken);
        }
        catch (ZuperException e)
        {
            var failure = Failures.Of(e);
            foreach (var id in fits.Keys)
                pass.Fail(id, failure);
            return [.. all.Where(c => !fits.ContainsKey(c.SourceId))];
        }

        foreach (var some in all.Chunk(AtOnce))
        {
            var asked = await Task.WhenAll(
                some.Select(async c =>
                    fits.TryGetValue(c.SourceId, out var only)
                        ? await TryAsync(pass, c, only, sources[c.SourceId], list, cancellationToken)
                        : (Candidates: c, Failure: null)
                )
            );
            foreach (var (candidates, failure) in asked)
            {
                if (failure is null)
                    told.Add(candidates);
                else
                    pass.Fail(candidates.SourceId, failure);
            }
        }

        return told;
    }

    private async Task<(Candidates Candidates, Failure? Failure)> TryAsync(
        RecordPass pass,
        Candidates candidates,
        FoundCustomer customer,
        CustomerSource source,
        NamesakeList? list,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var found = list is not null
                ? await ListedAsync(pass, candidates, list, cancellationToken)
                : await FindAsync(pass, candidates, source, cancellationToken);
            var rows = await keyMap.GetManyAsync(
                pass.Batch.Connection.Id,
                ZuperFlows.Organizations,
                [.. found.Select(f => f.SourceId)],
                cancellationToken
            );
            return (
                candidates with
                {
                    Namesakes =
                    [
                        .. found
                            .Where(f => Claims(f.Source, rows[f.SourceId], customer))
                            .Select(f => f.SourceId)
                            .Order(StringComparer.Ordinal),
                    ],
                },
                null
            );
        }
        catch (ZuperException e)
        {
            return (candidates, Failures.Of(e));
        }
    }

    /// <summary>
    /// Whether a namesake may be the one that the customer belongs to: it has none of its own, by its row or by the id
    /// that it shows, and is not ignored. Pure.
    /// </summary>
    internal static bool Claims(CustomerSource source, KeyMapEntry row, FoundCustomer customer) =>
        source.IsInUse
        && row is { TargetId: null, Ignored: false }
        && (
            source.SageId is not { } shown
            || string.Equals(shown, customer.CustomerId, StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>The same by the lists. Those that are found are read whole: only so they show their ids.</summary>
    private async Task<List<(string SourceId, CustomerSource Source)>> ListedAsync(
        RecordPass pass,
        Candidates candidates,
        NamesakeList list,
        CancellationToken cancellationToken
    )
    {
        var account = pass.Batch.Access.Zuper();
        var others = list.Of(candidates.Kind, candidates.Value)
            .Where(id => id != candidates.SourceId)
            .ToLookup(OwnCustomer.Is);
        var organizations = await zuper.GetOrganizationsAsync(
            account,
            [.. others[false]],
            pass.Batch.Priority,
            cancellationToken
        );
        var persons = await zuper.GetCustomersAsync(
            account,
            [.. others[true].Select(OwnCustomer.Uid)],
            pass.Batch.Priority,
            cancellationToken
        );
        return
        [
            .. organizations.Values.Select(o => (o.Uid, CustomerSource.Of(o))),
            .. persons.Values.Select(c => (OwnCustomer.SourceId(c.Uid), CustomerSource.Of(c))),
        ];
    }

    /// <summary>
    /// The others in Zuper that have the same name or address. Zuper is asked for each form of a word: it may hold
    /// another one than this record has.
    /// </summary>
    private async Task<List<(string SourceId, CustomerSource Source)>> FindAsync(
        RecordPass pass,
        Candidates candidates,
        CustomerSource source,
        CancellationToken cancellationToken
    )
    {
        var found = new List<(string SourceId, CustomerSource Source)>();
        foreach (var word in UnicodeDecomposition.FormsOf(WordOf(candidates)))
            found.AddRange(await FindAsync(pass, candidates, source, word, cancellationToken));
        return [.. found.DistinctBy(f => f.SourceId, StringComparer.Ordinal)];
    }

    private async Task<List<(string SourceId, CustomerSource Source)>> FindAsync(
        RecordPass pass,
        Candidates candidates,
        CustomerSource source,
        string word,
        CancellationToken cancellationToken
    )
    {
        var settings = pass.Batch.Connection.Zuper();
        var account = pass.Batch.Access.Zuper();
        var priority = pass.Batch.Priority;
        var found = new List<(string, CustomerSource)>();
        var organizations = await zuper.SearchOrganizationsAsync(
            account,
            word,
            o => IsOther(o) && IsAlike(CustomerSource.Of(o)),
            priority,
            cancellationToken
        );
        found.AddRange(organizations.Select(o => (o.Uid, CustomerSource.Of(o))));
        if (!settings.SyncCustomers)
            return found;
        var persons = await zuper.SearchCustomersAsync(
            account,
            word,
            c => c.OrganizationUid is null && IsOther(c) && IsAlike(CustomerSource.Of(c)),
            priority,
            cancellationToken
        );
        found.AddRange(persons.Select(c => (OwnCustomer.SourceId(c.Uid), CustomerSource.Of(c))));
        return found;

        bool IsOther(ZuperRecord other) => other.Uid != source.Record.Uid;

        bool IsAlike(CustomerSource other) => ComparisonKey.AreEqual(ValueOf(other, candidates.Kind), candidates.Value);
    }

    /// <summary>
    /// What Zuper is asked for: of a name its longest word, since blanks and other parts may be written otherwise.
    /// </summary>
    private static string WordOf(Candidates candidates) =>
        candidates.Kind == MatchKind.Email
            ? candidates.Value
            : candidates.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).MaxBy(w => w.Length)
                ?? candidates.Value;
}
