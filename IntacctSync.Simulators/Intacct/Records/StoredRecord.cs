namespace IntacctSync.Simulators.Intacct.Records;

/// <summary>One version of a record. Never changed: a change makes another version that knows this one.</summary>
internal sealed record StoredRecord(int RecordNo, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Instants to the second, by field name: WHENCREATED, WHENMODIFIED, AUWHENCREATED, ACCESSTIME.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Times { get; init; } =
        new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);

    /// <summary>When this version came to be.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>This version says that the record is gone.</summary>
    public bool Deleted { get; init; }

    /// <summary>The version before, kept only where changes are seen late.</summary>
    public StoredRecord? Previous { get; init; }

    /// <summary>A value, empty where there is none.</summary>
    public string this[string field] => Values.GetValueOrDefault(field, "");

    /// <summary>
    /// The version that was current at <paramref name="instant"/>; null where the record was not there.
    /// </summary>
    public StoredRecord? AsOf(DateTimeOffset instant)
    {
        var version = this;
        while (version is not null && version.At > instant)
            version = version.Previous;
        return version is { Deleted: false } ? version : null;
    }
}
