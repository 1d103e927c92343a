using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Products;

/// <summary>What is to be done for an item, from its row and what Intacct says of it now.</summary>
internal abstract record ProductDecision
{
    private ProductDecision() { }

    /// <summary>Both sides are equal.</summary>
    /// <param name="Fingerprints">Of the product, for a row that was written before there were any.</param>
    public sealed record Unchanged(string? Fingerprints = null) : ProductDecision;

    /// <summary>Nothing to do, and nothing linked.</summary>
    public sealed record Skip(string Reason) : ProductDecision;

    public sealed record Reject(Problem Problem) : ProductDecision;

    /// <summary>It has no counterpart: one is looked for, or made.</summary>
    /// <param name="Fields">Of the product to be made.</param>
    /// <param name="Kept">What is written to one that is found.</param>
    /// <param name="Hash">Of what is kept equal.</param>
    public sealed record Create(ZuperProductFields Fields, ZuperProductFields Kept, string Hash) : ProductDecision;

    public sealed record Update(ZuperProductFields Fields, string Hash) : ProductDecision;

    /// <summary>Pure.</summary>
    /// <param name="entry">Its row.</param>
    /// <param name="item">As Intacct has it; null when Intacct has it no longer.</param>
    /// <param name="settings">The connection's.</param>
    public static ProductDecision For(KeyMapEntry entry, ItemRecord? item, ZuperConnectionSettings settings)
    {
        var linked = entry.TargetId is not null;
        if (item is null || !ProductMapper.IsActive(item))
        {
            var how = item is null ? "deleted" : "inactive";
            return linked ? Withdraw(entry) : new Skip($"It is {how} in Intacct and was never synced.");
        }

        var kept = ProductMapper.Map(item, settings);
        if (linked)
            return entry.Hash == kept.Hash
                ? new Unchanged(ProductMapper.FingerprintsOf(kept.Value))
                : new Update(kept.Value, kept.Hash);

        return ProductMapper.ForCreate(item, settings) switch
        {
            Mapped<ZuperProductFields>.Document d => new Create(d.Value, kept.Value, kept.Hash),
            Mapped<ZuperProductFields>.Rejected r => new Reject(r.Problem),
            _ => throw new InvalidOperationException("A mapping is a document or a rejection."),
        };
    }

    /// <summary>
    /// A product is never deleted, since invoices and jobs refer to it. It is only marked as not available.
    /// </summary>
    private static ProductDecision Withdraw(KeyMapEntry entry)
    {
        var fields = ProductMapper.Withdrawn;
        var hash = ProductMapper.HashOf(fields);
        return entry.Hash == hash ? new Unchanged() : new Update(fields, hash);
    }
}
