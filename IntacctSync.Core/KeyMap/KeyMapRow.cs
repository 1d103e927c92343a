using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.KeyMap;

/// <summary>
/// Entries as rows: the entry as JSON, the intent's function beside it, and what lists and counts need.
/// </summary>
internal static class KeyMapRow
{
    private const string EntryPrefix = "r|";
    private const string StatePrefix = "s|";

    /// <summary>In the place of a time: it comes after every digit.</summary>
    private const string BehindAllTimes = "never";

    private const string TargetPrefix = "t|";
    private const string TitlePrefix = "n|";
    private const string WaitPrefix = "w|";
    private const string ChildPrefix = "c|";
    private const string LastRequestName = "LastRequest";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,

        // A row has room for so many characters, and the usual encoder makes six of each that is not ASCII. No browser
        // sees this text.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Partition(ConnectionId connection, FlowName flow) =>
        TableKey.Join(connection.Value, "keymap", flow.Value);

    /// <summary>How the partitions of all flows of a connection begin.</summary>
    public static string Partitions(ConnectionId connection) => TableKey.Join(connection.Value, "keymap", "");

    public static string EntryKey(string sourceId) => EntryPrefix + TableKey.Escape(sourceId);

    public static string TargetKey(string targetId) => TargetPrefix + TableKey.Escape(targetId.ToUpperInvariant());

    public static TableRange Entries(string partition, string sourceIdPrefix) =>
        TableRange.Prefix(partition, EntryPrefix + TableKey.Escape(sourceIdPrefix));

    /// <summary>A row for each record, by its state.</summary>
    public static TableRange States(string partition) => TableRange.Prefix(partition, StatePrefix);

    /// <summary>
    /// The rows of the records in this state, by their source ids; those that wait come before, the longest first.
    /// </summary>
    public static TableRange InState(string partition, RecordState state) =>
        TableRange.Prefix(partition, $"{StatePrefix}{state}|");

    /// <summary>Rows by which records that need a person were listed once. They are read no more.</summary>
    public static TableRange FormerPersons(string partition) => TableRange.Prefix(partition, "p|");

    public static TableRange Targets(string partition, string prefix) =>
        TableRange.Prefix(partition, TargetKey(prefix));

    public static TableRange Titles(string partition, string prefix) =>
        TableRange.Prefix(partition, TitlePrefix + TableKey.Escape(Fold(prefix)));

    /// <summary>The rows of exactly this title, not of titles that begin with it.</summary>
    public static TableRange OfTitle(string partition, string title) =>
        TableRange.Prefix(partition, TitlePrefix + TableKey.Escape(Fold(title)) + "|");

    /// <summary>The rows of those that wait for this.</summary>
    public static TableRange Waiting(string partition, string name) =>
        TableRange.Prefix(partition, WaitPrefix + TableKey.Escape(Fold(name)) + "|");

    /// <summary>The records that wait for what has a name that begins so.</summary>
    public static TableRange WaitingForAny(string partition, string beginning) =>
        TableRange.Prefix(partition, WaitPrefix + TableKey.Escape(Fold(beginning)));

    /// <summary>The records that wait for another one, named as <see cref="KeyMapEntry.WaitsFor"/> has it.</summary>
    public static TableRange WaitingFor(string partition, string parent) =>
        TableRange.Prefix(partition, ChildPrefix + TableKey.Join(parent, ""));

    /// <summary>The writes that store an entry and keep its further rows and its index rows true.</summary>
    /// <exception cref="IntentTooLargeException">Its intent is too large to be stored.</exception>
    public static EntryWrites WritesOf(KeyMapEntry entry)
    {
        var pieces = StoredFunction.Pieces(entry.Intent);
        var partition = Partition(entry.Key.Connection, entry.Key.Flow);
        var row = new TableRow(partition, EntryKey(entry.Key.SourceId), Properties(entry, pieces));
        var (before, after) = (entry.Stored?.FurtherRows ?? [], StoredFunction.Rows(row, pieces));
        var added = after.Where(further => !before.Contains(further.RowKey, StringComparer.Ordinal)).ToList();
        var removed = before.Except(after.Select(further => further.RowKey), StringComparer.Ordinal);

        // In this order a row never refers to others that are not there, even where a reader sees half of a batch, as
        // it does in Azurite.
        return new EntryWrites(
            entry,
            [
                .. added.Select(TableWrite.Upsert),
                entry.Stored is { } stored ? TableWrite.Replace(row, stored.ETag) : TableWrite.Insert(row),
                .. removed.Select(key => TableWrite.DeleteIfThere(partition, key)),
                .. IndexWrites(partition, entry),
            ],
            added.Count,
            StoredFunction.Keys(row)
        );
    }

    private static IEnumerable<TableWrite> IndexWrites(string partition, KeyMapEntry entry)
    {
        var source = entry.Key.SourceId;
        var (oldTarget, newTarget) = (TargetKeyOf(entry.Stored?.TargetId), TargetKeyOf(entry.TargetId));
        if (oldTarget != newTarget)
        {
            if (oldTarget is not null)
                yield return TableWrite.DeleteIfThere(partition, oldTarget);

            // An insert, so that two records can never be linked to the same counterpart.
            if (newTarget is not null)
                yield return TableWrite.Insert(Index(partition, newTarget, source));
        }

        // Titles are compared as keys, so a title that changed only in case keeps its row.
        var (oldTitle, newTitle) = (TitleKeyOf(entry.Stored?.Title, source), TitleKeyOf(entry.Title, source));
        if (oldTitle != newTitle)
        {
            if (oldTitle is not null)
                yield return TableWrite.DeleteIfThere(partition, oldTitle);
            if (newTitle is not null)
                yield return TableWrite.Upsert(Index(partition, newTitle, source));
        }

        var (oldChild, newChild) = (ChildKeyOf(entry.Stored?.WaitsFor, source), ChildKeyOf(entry.WaitsFor, source));
        if (oldChild != newChild)
        {
            if (oldChild is not null)
                yield return TableWrite.DeleteIfThere(partition, oldChild);
            if (newChild is not null)
                yield return TableWrite.Upsert(Index(partition, newChild, source));
        }

        var (oldState, newState) = (StateKeyOf(entry.Stored, source), StateKeyOf(entry));
        if (oldState is not null && oldState != newState)
            yield return TableWrite.DeleteIfThere(partition, oldState);
        if (oldState != newState || NeedsPerson(entry))
            yield return StateWrite(entry);

        // Last, since they may be more than a batch holds.
        foreach (var write in WaitWrites(partition, entry))
            yield return write;
    }

    public static StoredEntry StoredAs(KeyMapEntry entry, string etag, IReadOnlyList<string> furtherRows) =>
        new(
            etag,
            entry.TargetId,
            entry.Title,
            entry.Waits,
            entry.WaitsFor,
            entry.State,
            entry.PendingSince,
            furtherRows
        );

    public static string SourceIdOfEntry(TableRow row) =>
        JsonSerializer.Deserialize<EntryBody>(StoredText.Read(row, "Entry"), Json)!.SourceId;

    /// <param name="connection">Whose entry.</param>
    /// <param name="flow">Of which flow.</param>
    /// <param name="row">The entry's row.</param>
    /// <param name="further">Its further rows, in their order.</param>
    public static KeyMapEntry Read(
        ConnectionId connection,
        FlowName flow,
        TableRow row,
        IReadOnlyList<TableRow> further
    )
    {
        var body = JsonSerializer.Deserialize<EntryBody>(StoredText.Read(row, "Entry"), Json)!;
        var function = StoredFunction.Read(row, further);
        var entry = new KeyMapEntry
        {
            Key = new SyncKey(connection, flow, body.SourceId),
            State = body.State,
            TargetId = body.TargetId,
            NaturalKey = body.NaturalKey,
            Title = body.Title,
            Facts = body.Facts,
            Hash = body.Hash,
            Fingerprints = body.Fingerprints,
            Version = body.Version,
            WriteBack = body.WriteBack,
            WrittenBack = body.WrittenBack,
            WrittenBackAt = body.WrittenBackAt ?? [],
            Adopted = body.Adopted,
            Made = body.Made is null ? MadeBefore(body) : NullIfEmpty(body.Made),
            AttachedTo = body.AttachedTo,
            Revision = body.Revision,
            Parts = body.Parts,
            Waits = body.Waits ?? [],
            Unanswered = body.Unanswered,
            UnansweredSince = body.UnansweredSince,
            Intents = body.Intents,
            Intent = body.Intent is { } intent && function is not null ? intent.With(function) : null,
            LastRequest = row.Bytes(LastRequestName) is { } packed ? body.LastRequest?.With(packed) : null,
            Problem = body.Problem,
            WaitsFor = body.WaitsFor,
            Requested = body.Requested,
            Ignored = body.Ignored,
            EventIds = body.EventIds ?? [],
            Timeline = body.Timeline ?? [],
            PendingSince = body.PendingSince,
            MissingSince = body.MissingSince,
            MissedAt = body.MissedAt,
            TargetMissingSince = body.TargetMissingSince,
            TargetMissedAt = body.TargetMissedAt,
        };
        return entry with { Stored = StoredAs(entry, row.ETag, StoredFunction.Keys(row)) };
    }

    /// <summary>
    /// Who made the counterpart of a row that a former program stored, which did not keep it: the story tells, as long
    /// as it reaches back so far.
    /// </summary>
    private static string? MadeBefore(EntryBody body) =>
        body is { TargetId: { } target, Adopted: false }
        && body.Timeline?.Any(t =>
            t.What == "created" && (t.Detail + " ").StartsWith(target + " ", StringComparison.Ordinal)
        ) == true
            ? target
            : null;

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    public static string SourceId(TableRow index) => index.Text("SourceId")!;

    public static string? Code(TableRow index) => index.Text("Code");

    /// <summary>When the record came to need a person; null where that was not noted.</summary>
    public static DateTimeOffset? At(TableRow index) => index.Time("At");

    public static RecordState? State(TableRow row) =>
        Enum.TryParse<RecordState>(row.Text("State"), out var state) ? state : null;

    public static DateTimeOffset? PendingSince(TableRow row) => row.Time("PendingSince");

    /// <summary>Lists an entry by its state.</summary>
    public static TableWrite StateWrite(KeyMapEntry entry) =>
        TableWrite.Upsert(
            new TableRow(
                Partition(entry.Key.Connection, entry.Key.Flow),
                StateKeyOf(entry),
                new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["SourceId"] = entry.Key.SourceId,
                    ["PendingSince"] = entry.PendingSince,
                    ["Code"] = NeedsPerson(entry) ? entry.Problem?.Code : null,
                    ["At"] = NeedsPerson(entry) && entry.Timeline is [.., var last] ? last.At : null,
                }
            )
        );

    /// <summary>The key by which the entry of this row is listed by its state.</summary>
    public static string StateKeyOf(TableRow entry, RecordState state) =>
        StateKey(state, PendingSince(entry), entry.RowKey[EntryPrefix.Length..]);

    private static bool NeedsPerson(KeyMapEntry entry) => entry.State is RecordState.NeedsAction or RecordState.Dead;

    private static string StateKeyOf(KeyMapEntry entry) =>
        StateKey(entry.State, entry.PendingSince, TableKey.Escape(entry.Key.SourceId));

    private static string? StateKeyOf(StoredEntry? stored, string sourceId) =>
        stored is null ? null : StateKey(stored.State, stored.PendingSince, TableKey.Escape(sourceId));

    private static string StateKey(RecordState state, DateTimeOffset? pendingSince, string escapedId)
    {
        var since = pendingSince is { } at ? at.UtcTicks.ToString("D19", CultureInfo.InvariantCulture) : BehindAllTimes;
        return $"{StatePrefix}{state}|{since}|{escapedId}";
    }

    private static string? TargetKeyOf(string? targetId) => targetId is null ? null : TargetKey(targetId);

    private static string? TitleKeyOf(string? title, string sourceId) =>
        title is null ? null : TitlePrefix + TableKey.Join(Fold(title), sourceId);

    private static IEnumerable<TableWrite> WaitWrites(string partition, KeyMapEntry entry)
    {
        var source = entry.Key.SourceId;
        var before = WaitKeys(entry.Stored?.Waits ?? [], source);
        var after = WaitKeys(entry.Waits, source);
        return
        [
            .. before.Except(after, StringComparer.Ordinal).Select(key => TableWrite.DeleteIfThere(partition, key)),
            .. after
                .Except(before, StringComparer.Ordinal)
                .Select(key => TableWrite.Upsert(Index(partition, key, source))),
        ];
    }

    private static HashSet<string> WaitKeys(IEnumerable<string> names, string sourceId) =>
        names.Select(name => WaitPrefix + TableKey.Join(Fold(name), sourceId)).ToHashSet(StringComparer.Ordinal);

    private static string? ChildKeyOf(string? parent, string sourceId) =>
        parent is null ? null : ChildPrefix + TableKey.Join(parent, sourceId);

    private static string Fold(string title) => title.Trim().ToUpperInvariant();

    private static Dictionary<string, object?> Properties(KeyMapEntry entry, IReadOnlyList<byte[]> pieces)
    {
        var properties = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["State"] = entry.State.ToString(),
            ["PendingSince"] = entry.PendingSince,
        };
        StoredText.Put(properties, "Entry", Serialize(entry));
        StoredFunction.Put(properties, entry.Intent, pieces);
        if (entry.LastRequest is { } last)
            properties[LastRequestName] = last.Packed;
        return properties;
    }

    /// <summary>
    /// The most characters that fingerprints may have, those of the row and of its intent together: a row has a
    /// megabyte, of which the intent's function takes half.
    /// </summary>
    public const int MostFingerprints = 150_000;

    /// <summary>How many characters they have.</summary>
    public static int Fingerprinted(KeyMapEntry entry) =>
        (entry.Fingerprints?.Length ?? 0) + (entry.Intent?.Fingerprints?.Length ?? 0);

    /// <summary>
    /// A story with which the row is too long for one property, its fingerprints left aside, loses its oldest lines: so
    /// a row never becomes too large.
    /// </summary>
    private static string Serialize(KeyMapEntry entry)
    {
        var json = JsonSerializer.Serialize(EntryBody.Of(entry), Json);
        return json.Length - Fingerprinted(entry) > TableLimits.TextCharacters && entry.Timeline.Count > 1
            ? Serialize(entry with { Timeline = [.. entry.Timeline.Skip((entry.Timeline.Count + 3) / 4)] })
            : json;
    }

    private static TableRow Index(string partition, string key, string sourceId) =>
        new(partition, key, new Dictionary<string, object?>(StringComparer.Ordinal) { ["SourceId"] = sourceId });
}

/// <summary>What stores an entry.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Writes">Of its own row and of those that belong into one batch with it.</param>
/// <param name="Own">Which of them is that of its own row.</param>
/// <param name="FurtherRows">The keys of the further rows of its intent.</param>
internal sealed record EntryWrites(
    KeyMapEntry Entry,
    IReadOnlyList<TableWrite> Writes,
    int Own,
    IReadOnlyList<string> FurtherRows
)
{
    /// <summary>In bytes, as a batch of Azure Tables is sent.</summary>
    public long Size { get; } = Writes.Sum(write => TableRules.SentSizeOf(write.Row));
}
