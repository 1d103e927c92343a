using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Intacct;

/// <summary>Reads by which details payments use the money of other payments and of advances.</summary>
internal static class PaymentApplications
{
    /// <summary>
    /// The details (ARPYMTDETAIL) by which payments use the money of others, but for those of payments that use
    /// nothing.
    /// </summary>
    /// <param name="intacct">Where they are read.</param>
    /// <param name="credentials">With what.</param>
    /// <param name="fields">What may name the other; a detail may name it in either, or in both.</param>
    /// <param name="others">By RECORDNO.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    internal static async Task<IReadOnlyList<IntacctRecord>> OfOthersAsync(
        IntacctClient intacct,
        IntacctCredentials credentials,
        IReadOnlyList<string> fields,
        IReadOnlyCollection<string> others,
        CancellationToken cancellationToken
    )
    {
        var rows = new List<IntacctRecord>();
        if (others.Count == 0)
            return rows;
        var query = new IntacctQuery(PaymentApplication.Object, PaymentApplication.Fields)
        {
            Filter = QueryFilter.Or(fields.Select(f => QueryFilter.In(f, others))),
        };
        await foreach (var row in intacct.QueryAsync(credentials, query, cancellationToken))
            rows.Add(row);
        var idle = await IdleAsync(
            intacct,
            credentials,
            [.. rows.Select(r => r["PAYMENTKEY"]).OfType<string>()],
            cancellationToken
        );
        rows.RemoveAll(r => r["PAYMENTKEY"] is { } user && idle.Contains(user));
        return rows;
    }

    /// <summary>
    /// Those among payments that use nothing, by RECORDNO: drafts, whose details name what they will use, and what is
    /// reversed, with its reversal, whether or not that shows details of its own.
    /// </summary>
    internal static async Task<IReadOnlySet<string>> IdleAsync(
        IntacctClient intacct,
        IntacctCredentials credentials,
        IReadOnlyCollection<string> payments,
        CancellationToken cancellationToken
    )
    {
        string[] read = [.. payments.Distinct(StringComparer.Ordinal)];
        if (read.Length == 0)
            return new HashSet<string>(StringComparer.Ordinal);
        var rows = await intacct.ReadAsync(
            credentials,
            "ARPYMT",
            read,
            ["RECORDNO", "STATE", "DISPLAYSTATE"],
            cancellationToken
        );
        return rows.Where(r => r["RECORDNO"] is not null)
            .Select(PaymentRecord.Read)
            .Where(p => PaymentStates.Of(p) is not (PaymentState.Complete or PaymentState.Unknown))
            .Select(p => p.RecordNo)
            .ToHashSet(StringComparer.Ordinal);
    }
}
