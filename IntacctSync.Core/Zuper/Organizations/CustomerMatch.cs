using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Zuper.Organizations;

/// <summary>What the customers that were found mean for each record. Pure: never a guess.</summary>
internal abstract record CustomerMatch(string SourceId)
{
    /// <summary>Exactly one customer fits, it is linked to no record, and it fits no other one.</summary>
    public sealed record Adopt(string SourceId, FoundCustomer Customer, string Why) : CustomerMatch(SourceId);

    /// <summary>The customers that fit are other records' already: it gets one of its own.</summary>
    /// <param name="SourceId">The record.</param>
    /// <param name="Why">For the story.</param>
    public sealed record Apart(string SourceId, string Why) : CustomerMatch(SourceId);

    public sealed record Needs(string SourceId, Problem Problem) : CustomerMatch(SourceId);

    /// <param name="all">What was found for each record.</param>
    /// <param name="links">Which record a customer is linked to, by its id in upper case.</param>
    /// <returns>A verdict for each record that has one; the others have no counterpart.</returns>
    public static IEnumerable<CustomerMatch> Judge(
        IReadOnlyList<Candidates> all,
        IReadOnlyDictionary<string, string> links
    )
    {
        var claims = all.Where(c => c.Original is null)
            .SelectMany(c => Free(c, links).Select(f => (Id: f.CustomerId.ToUpperInvariant(), c.SourceId)))
            .ToLookup(c => c.Id, c => c.SourceId, StringComparer.Ordinal);
        foreach (var candidates in all)
        {
            var free = Free(candidates, links);
            var claiming = free is [var one]
                ? claims[one.CustomerId.ToUpperInvariant()].Union(candidates.Namesakes, StringComparer.Ordinal).ToList()
                : [];
            if (candidates.Original is { } original)
                yield return new Needs(candidates.SourceId, Copied(candidates, original));
            else if (free.Count > 1)
                yield return new Needs(candidates.SourceId, Ambiguous(candidates, free));
            else if (free is [var only] && claiming.Count > 1)
                yield return new Needs(candidates.SourceId, Contested(candidates, only, claiming));
            else if (free is [var customer])
                yield return new Adopt(candidates.SourceId, customer, Reason(candidates));
            else if (candidates.Kind == MatchKind.SageId)
                yield return new Needs(
                    candidates.SourceId,
                    candidates.Found is [var linked]
                        ? Copied(candidates, links[linked.CustomerId.ToUpperInvariant()])
                        : Unknown(candidates)
                );
            else if (candidates.Found.Count > 0)
                yield return new Apart(
                    candidates.SourceId,
                    string.Join(
                        "; ",
                        candidates.Found.Select(f =>
                            $"{f.CustomerId} has '{candidates.Value}' as well, and is linked to the record "
                            + links[f.CustomerId.ToUpperInvariant()]
                        )
                    ) + ". A customer of its own is made."
                );
        }
    }

    internal static List<FoundCustomer> Free(Candidates candidates, IReadOnlyDictionary<string, string> links) =>
        [
            .. candidates.Found.Where(f =>
                !links.TryGetValue(f.CustomerId.ToUpperInvariant(), out var owner) || owner == candidates.SourceId
            ),
        ];

    private static string Reason(Candidates candidates) =>
        candidates.Kind switch
        {
            MatchKind.SageId => "its id stood in Zuper",
            MatchKind.Email => $"its e-mail address is {candidates.Value}",
            _ => $"its name is {candidates.Value}",
        };

    private static Problem Ambiguous(Candidates candidates, IReadOnlyList<FoundCustomer> free) =>
        new(
            "customer-ambiguous",
            $"{free.Count} Intacct customers match '{candidates.Value}': "
                + $"{string.Join(", ", free.Select(f => f.CustomerId).Order(StringComparer.Ordinal))}.",
            "Link the record to the right one, or change the others in Intacct and retry."
        );

    private static Problem Contested(Candidates candidates, FoundCustomer customer, IReadOnlyList<string> records) =>
        new(
            "customer-contested",
            $"Intacct customer {customer.CustomerId} matches '{candidates.Value}' of several records: "
                + $"{string.Join(", ", records.Order(StringComparer.Ordinal))}.",
            "Link the right record to it, and clear or change what the other one matches by."
        )
        {
            Records = records,
        };

    private static Problem Copied(Candidates candidates, string owner) =>
        new(
            "sage-id-taken",
            $"'Sage Customer ID' {candidates.Value} belongs to the record {owner}; this one looks like a copy of it.",
            "Clear 'Sage Customer ID' in the copy in Zuper; it then gets a customer of its own."
        )
        {
            Records = [owner],
        };

    private static Problem Unknown(Candidates candidates) =>
        new(
            "sage-id-unknown",
            $"'Sage Customer ID' is {candidates.Value}, but Intacct has no such customer.",
            "Clear 'Sage Customer ID' in Zuper to have a customer made, or link the record to the right one."
        );
}
