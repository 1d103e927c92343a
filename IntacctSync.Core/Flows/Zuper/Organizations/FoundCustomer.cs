namespace IntacctSync.Core.Flows.Zuper.Organizations;

/// <summary>An Intacct customer as a look-up finds it.</summary>
internal sealed record FoundCustomer(string CustomerId, string Name, string? ContactName, string? Email);
