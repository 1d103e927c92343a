namespace IntacctSync.Simulators.Upflow.Records;

/// <summary>What every record of Upflow has.</summary>
internal abstract class UpflowRecord
{
    public required string Id { get; init; }

    /// <summary>The caller's own id; null where it gave none.</summary>
    public string? ExternalId { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ModifiedAt { get; set; }

    /// <summary>Value by the id of the custom field.</summary>
    public Dictionary<string, string?>? CustomFields { get; set; }
}
