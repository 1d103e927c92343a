namespace IntacctSync.Core.Intacct.Queries;

/// <summary>
/// The order in which a query is paged. Pages go on from the last record read, never by offset, so that rows which move
/// lose none.
/// </summary>
public sealed record QueryOrder
{
    private QueryOrder(string keyField) => KeyField = keyField;

    /// <summary>The field that no two records share.</summary>
    public string KeyField { get; }

    /// <summary>The time of change that a feed is read by; null when the order is that of the keys.</summary>
    public string? ChangedField { get; private init; }

    /// <summary>Only what changed after this time is read, as Intacct writes times.</summary>
    public string? After { get; private init; }

    /// <summary>Which records without a time of change are read too; null when none are.</summary>
    public QueryFilter? WhenNull { get; private init; }

    /// <summary>By key: for look-ups, and to read everything.</summary>
    public static QueryOrder ByKey(string keyField = "RECORDNO") => new(keyField);

    /// <summary>By time of change, then key: for feeds.</summary>
    /// <param name="changedField">WHENMODIFIED, or ACCESSTIME of AUDITHISTORY.</param>
    /// <param name="after">See <see cref="After"/>.</param>
    /// <param name="whenNull">For example <c>WHENCREATED &gt; cursor</c>, since WHENMODIFIED can be null.</param>
    /// <param name="keyField">RECORDNO, or ID of AUDITHISTORY.</param>
    public static QueryOrder ByChange(
        string changedField,
        string after,
        QueryFilter? whenNull = null,
        string keyField = "RECORDNO"
    ) =>
        new(keyField)
        {
            ChangedField = changedField,
            After = after,
            WhenNull = whenNull,
        };
}
