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
    /// The same of linked records whose source was not listed, by source id, many in a few calls; one that is not shown
    /// is missing.
    /// </summary>
    Task<IReadOnlyDictionary<string, ComparedRecord>> FindSourcesAsync(
        ComparedScope scope,
        IReadOnlyCollection<string> sourceIds,
        CancellationToken ct
    );

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

    /// <summary>
    /// Whether an adopted counterpart may differ in a field and keeps what it has there until the source changes it.
    /// Not so what had to be the same for it to be adopted.
    /// </summary>
    bool StaysAsAdopted(string field) => false;

    /// <summary>The name that they have for a custom field.</summary>
    string FingerprintOfCustomField(string name) => name;

    /// <summary>Whether a field of a record is compared at all, given what was last written of it.</summary>
    bool Compares(string field, KeyMapEntry entry, ComparedRecord source) => true;

    /// <summary>What of the lines differs; nothing for records without lines.</summary>
    IEnumerable<LineDifference> BetweenLines(KeyMapEntry entry, ComparedRecord source, ComparedRecord target) => [];

    /// <summary>Whether both sides say the same of a field; blanks around a text do not count.</summary>
    bool AreEqual(string field, string source, string target) =>
        string.Equals(source.Trim(), target.Trim(), StringComparison.Ordinal);

    /// <summary>
    /// Whether the source still says of a field what was last carried over; null where only the field's fingerprint or
    /// the time of the last change can tell.
    /// </summary>
    bool? IsAsWritten(string field, KeyMapEntry entry, ComparedRecord source) => null;

    /// <summary>
    /// What explains a difference of a field beside what was written, such as that it was paid otherwise, in words;
    /// null where nothing does.
    /// </summary>
    string? Explains(string field, ComparedRecord source, ComparedRecord target) => target.Remark ?? source.Remark;

    /// <summary>
    /// The ids of the target's records that are a part of another record there, such as the contact that is a
    /// customer's own: one that is nobody's counterpart is not told as only at the target. Null where none is.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<string>>? PartsAsync(ComparedScope scope, CancellationToken ct) => null;

    /// <summary>Whether an id that a source shows may be a target's title, such as an invoice's number.</summary>
    bool IsKnownByTitle => false;

    /// <summary>
    /// Why two are not taken for one though one of them shows the other's id, in words that follow on "since"; null
    /// where they are. Pure.
    /// </summary>
    string? DoubtAbout(ComparedRecord source, ComparedRecord target) => null;

    /// <summary>
    /// The target's records among which a person may find the counterpart of one, narrowed by the target itself where
    /// it can; null where they can't be looked for.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<ComparedRecord>>? CandidatesAsync(
        ComparedScope scope,
        ComparedRecord source,
        CancellationToken ct
    ) => TargetAsync(scope, ct);
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
