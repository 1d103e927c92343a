using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Detection.Intacct;

/// <summary>
/// An object of Intacct that is read for changes, and the record of a flow that a change of it concerns. Which flow
/// reads which objects is said by the app; the first object of a flow is what its records are.
/// </summary>
/// <param name="Object">For example ITEM.</param>
/// <param name="Fields">What a change shows itself in.</param>
/// <param name="SourceIdField">Which field holds the flow's source id.</param>
/// <param name="CreatedField">When it was made, for records whose time of change is empty.</param>
/// <param name="CreatedInGmt">Whether that field is in GMT and not in the user's offset (developer.intacct.com:
/// AUWHENCREATED is).</param>
/// <param name="CarriesSnapshot">Whether the flow can use the row as it was read.</param>
internal sealed record IntacctFeed(
    string Object,
    IReadOnlyList<string> Fields,
    string SourceIdField,
    string CreatedField,
    bool CreatedInGmt = false,
    bool CarriesSnapshot = false
)
{
    public const string ChangedField = "WHENMODIFIED";

    /// <summary>
    /// What stands before the field's value in a source id, where a flow has records of several objects that number
    /// them alike.
    /// </summary>
    public string SourceIdPrefix { get; init; } = "";

    /// <summary>
    /// Whether its rows are records of the flow, as those of the first object are, and not only show changes of them.
    /// </summary>
    public bool HoldsRecords { get; init; }

    /// <summary>
    /// Says of a row whether it is one of the flow's. Of a row that is not, the flow hears only where it knows the
    /// record from before.
    /// </summary>
    public Func<IntacctRecord, bool> IsOurs { get; init; } = static _ => true;

    /// <summary>The fields that <see cref="IsOurs"/> looks at.</summary>
    public IReadOnlyList<string> OursFields { get; init; } = [];

    /// <summary>
    /// The RECORDNO among what a row of the key map keeps of a record's parts, by which a deletion may name a record
    /// whose source id is another. By default the parts are that alone.
    /// </summary>
    public Func<string, string?> RecordNoIn { get; init; } = static parts => parts;

    /// <summary>
    /// Rows of other objects that a backfill reads along with each page: the flow would else ask for them batch by
    /// batch. A poll does not read them.
    /// </summary>
    public IReadOnlyList<FeedCompanion> Companions { get; init; } = [];

    /// <summary>Whether what a poll reads is a snapshot.</summary>
    public bool IsWholeAlone => CarriesSnapshot && !Companions.Any(c => c.IsNeeded);

    /// <summary>
    /// Finds the records that a row concerns, where the row does not name them itself; null where it does.
    /// </summary>
    public FeedOwners? Owners { get; init; }

    /// <summary>The source id that a row names; null where it names none.</summary>
    public string? SourceIdOf(IntacctRecord row) =>
        row[SourceIdField]?.Trim() is { Length: > 0 } id ? SourceIdPrefix + id : null;

    public static readonly IntacctFeed Items = new(
        "ITEM",
        ItemRecord.Fields,
        "ITEMID",
        "WHENCREATED",
        CarriesSnapshot: true
    );

    /// <summary>WHENCREATED of a payment is a date that a person gives; AUWHENCREATED is when it was entered.</summary>
    public static readonly IntacctFeed Payments = new(
        "ARPYMT",
        [.. PaymentRecord.Fields, "AUWHENCREATED"],
        "RECORDNO",
        "AUWHENCREATED",
        CreatedInGmt: true
    );

    /// <summary>
    /// What a payment was applied to. When an advance is applied later, only this object changes and not the payment
    /// itself.
    /// </summary>
    public static readonly IntacctFeed Applications = new(
        PaymentApplication.Object,
        ["RECORDNO", "PAYMENTKEY", "RECORDKEY", "TRX_PAYMENTAMOUNT", "STATE", "WHENCREATED", "WHENMODIFIED"],
        "PAYMENTKEY",
        "WHENCREATED"
    );

    /// <summary>
    /// Everything that changed after a time. A record without a time of change counts by when it was made.
    /// </summary>
    public IntacctQuery ChangedAfter(DateTimeOffset after, DateTimeOffset madeAfter, TimeSpan offset) =>
        new(Object, Fields)
        {
            Order = QueryOrder.ByChange(
                ChangedField,
                IntacctTime.Format(after, offset),
                QueryFilter.GreaterThan(CreatedField, Created(madeAfter, offset))
            ),
        };

    /// <summary>Everything from a time on, in the order of the keys, beyond a key.</summary>
    public IntacctQuery Since(DateTimeOffset? since, string? beyond, TimeSpan offset, int count) =>
        new(Object, CarriesSnapshot ? Fields : [SourceIdField, ChangedField, .. OursFields])
        {
            Filter = QueryFilter.And(
                since is not { } from
                    ? null
                    : QueryFilter.Or(
                        QueryFilter.GreaterThanOrEqualTo(ChangedField, IntacctTime.Format(from, offset)),
                        QueryFilter.And(
                            QueryFilter.IsNull(ChangedField),
                            QueryFilter.GreaterThanOrEqualTo(CreatedField, Created(from, offset))
                        )
                    ),
                beyond is null ? null : QueryFilter.GreaterThan("RECORDNO", beyond)
            ),
            PageSize = count,
        };

    private string Created(DateTimeOffset time, TimeSpan offset) =>
        IntacctTime.Format(time, CreatedInGmt ? TimeSpan.Zero : offset);
}

/// <summary>Rows that belong to those of a feed.</summary>
/// <param name="Object">Their object.</param>
/// <param name="Fields">What is read of them.</param>
/// <param name="KeyField">Which field holds the RECORDNO of the row that they belong to.</param>
internal sealed record FeedCompanion(string Object, IReadOnlyList<string> Fields, string KeyField)
{
    /// <summary>Whether a row without them is no snapshot.</summary>
    public bool IsNeeded { get; init; }

    /// <summary>Whether the flow asks for them where they are absent.</summary>
    public bool MayLack { get; init; }

    /// <summary>Whether they are read only where some of the feed is, since a time.</summary>
    public bool OnlySince { get; init; }

    /// <summary>Whether the flow must know that they were read, as it makes a difference that there are none.</summary>
    public bool MayBeNone { get; init; }

    /// <summary>By which connections they are read.</summary>
    public Func<ConnectionSettings, bool> WantedFor { get; init; } = static _ => true;

    /// <summary>Whether a reading of a connection reads them.</summary>
    /// <param name="settings">Those of the connection.</param>
    /// <param name="since">Whether what changed since a time is read, and not everything.</param>
    public bool IsRead(ConnectionSettings settings, bool since) => (since || !OnlySince) && WantedFor(settings);

    /// <summary>To which rows any may belong.</summary>
    public Func<IntacctRecord, bool> Concerns { get; init; } = static _ => true;

    /// <summary>All that belong to some rows.</summary>
    public IntacctQuery Of(IReadOnlyList<IntacctRecord> rows) =>
        new(Object, Fields)
        {
            Filter = QueryFilter.In(KeyField, [.. rows.Select(r => r["RECORDNO"]).OfType<string>()]),
            PageSize = 2000,
        };
}

/// <summary>Finds, for the names that rows have, the source ids of the records that they concern.</summary>
internal delegate Task<ILookup<string, string>> FeedOwners(
    Connection connection,
    FlowName flow,
    IReadOnlyCollection<string> names,
    CancellationToken cancellationToken
);
