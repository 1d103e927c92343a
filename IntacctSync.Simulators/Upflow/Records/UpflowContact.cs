namespace IntacctSync.Simulators.Upflow.Records;

/// <summary>A person at a customer.</summary>
internal sealed class UpflowContact : UpflowRecord
{
    public required UpflowCustomer Customer { get; init; }

    public string Email { get; set; } = "";

    public string? FirstName { get; set; }

    public string? LastName { get; set; }

    public string? Phone { get; set; }

    /// <summary>One of <see cref="Enumerations.Positions"/>; null = none.</summary>
    public string? Position { get; set; }

    public bool IsMain { get; set; }
}
