namespace IntacctSync.Core.Intacct.Requests;

/// <summary>A contact in a customer's contact list.</summary>
/// <param name="Category">What people see in front of it; unique in the list together with the name.</param>
/// <param name="ContactName">The CONTACTNAME of a contact that exists.</param>
public sealed record ContactListEntry(string Category, string ContactName);
