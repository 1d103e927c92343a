namespace IntacctSync.Core.Zuper.Records;

/// <summary>An address as a person typed it: any part may be missing, and nothing is trimmed.</summary>
public sealed record ZuperAddress
{
    public string? Street { get; init; }

    public string? Landmark { get; init; }

    public string? City { get; init; }

    public string? State { get; init; }

    public string? Country { get; init; }

    public string? ZipCode { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? Email { get; init; }

    public string? PhoneNumber { get; init; }

    public string? Label { get; init; }
}
