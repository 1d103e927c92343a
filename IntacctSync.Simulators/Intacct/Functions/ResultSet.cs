using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Functions;

/// <summary>One scan.</summary>
internal sealed record ResultSet(
    string Id,
    string Owner,
    RecordTable Table,
    IReadOnlyList<StoredRecord> Rows,
    IReadOnlyList<FieldPath> Fields,
    int PageSize
)
{
    /// <summary>How many rows were handed out.</summary>
    public int Position { get; set; }
}
