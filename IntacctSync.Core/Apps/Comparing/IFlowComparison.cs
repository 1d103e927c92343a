using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Apps.Comparing;

/// <summary>
/// Lays both sides of a flow beside each other: the same fields of a record at its source, in the target's words, and
/// of its counterpart. It reads, and writes nothing.
/// </summary>
public interface IFlowComparison
{
    FlowName Flow { get; }

    /// <summary>The names of the fields, in the order of <see cref="ComparedRecord.Values"/>.</summary>
    IReadOnlyList<string> Fields { get; }

    /// <summary>
    /// The source's records, a page at a time; each page is one call or a few. Records with a date are those of the
    /// scope's days; master data is read as a whole.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<ComparedRecord>> SourceAsync(ComparedScope scope, CancellationToken ct);

    /// <summary>
    /// The target's records likewise, those of others among them; none where counterparts are only found one by one.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<ComparedRecord>> TargetAsync(ComparedScope scope, CancellationToken ct);

    /// <summary>A record as its source has it now, with the whole of it; null where it is not shown.</summary>
    Task<ComparedRecord?> FindSourceAsync(ComparedScope scope, string sourceId, CancellationToken ct);

    /// <summary>
    /// The counterparts of linked records as they are now, by source id; one that is gone is missing.
    /// </summary>
    Task<IReadOnlyDictionary<string, ComparedRecord>> FindTargetsAsync(
        ComparedScope scope,
        IReadOnlyCollection<KeyMapEntry> entries,
        CancellationToken ct
    );

    /// <summary>The name that an entry's last written fields have for one of <see cref="Fields"/>.</summary>
    string FingerprintOf(string field) => field;

    /// <summary>
    /// Whether a counterpart may have something of its own in one of <see cref="Fields"/> until the sync has written it
    /// for the first time, as in any custom field: an adopted one stays as it is until then.
    /// </summary>
    bool IsOwnUntilWritten(string field) => false;

    /// <summary>The name that they have for a custom field.</summary>
    string FingerprintOfCustomField(string name) => name;
}

/// <summary>What is compared.</summary>
/// <param name="Connection">Whose records.</param>
/// <param name="Access">With what the two systems are called.</param>
/// <param name="Since">The first day; null for no beginning.</param>
/// <param name="Until">The last day; null for no end.</param>
public sealed record ComparedScope(
    Connection Connection,
    ConnectionAccess Access,
    DateOnly? Since = null,
    DateOnly? Until = null
)
{
    public bool Holds(DateOnly? day) => day is null || !(day < Since || day > Until);
}
