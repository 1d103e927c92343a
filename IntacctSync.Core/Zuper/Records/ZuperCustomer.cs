namespace IntacctSync.Core.Zuper.Records;

/// <summary>
/// A customer, which is a person, as Zuper gives it (developers.zuper.co, Get Customer Details). List rows have no time
/// of change.
/// </summary>
public sealed record ZuperCustomer : ZuperRecord
{
    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? CompanyName { get; init; }

    public string? Email { get; init; }

    public IReadOnlyList<string> AdditionalEmails { get; init; } = [];

    public string? MobilePhone { get; init; }

    public string? WorkPhone { get; init; }

    public string? HomePhone { get; init; }

    public string? OrganizationUid { get; init; }

    public ZuperAddress? Address { get; init; }

    public ZuperAddress? BillingAddress { get; init; }

    public ZuperTax? Tax { get; init; }

    public string? TaxExemptNumber { get; init; }

    public bool IsActive { get; init; } = true;

    /// <summary>Uid of the customer that it was merged into; null where it was not.</summary>
    public string? MergedInto { get; init; }
}
