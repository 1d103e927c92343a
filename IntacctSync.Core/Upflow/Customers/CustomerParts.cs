using System.Text.Json;
using System.Text.Json.Serialization;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Upflow.Customers;

/// <summary>What a customer's row keeps of its counterpart beside the hash.</summary>
/// <param name="RecordNo">The customer's RECORDNO, by which a deletion may name it.</param>
/// <param name="Parent">The CUSTOMERID of its parent in Upflow; null for none.</param>
/// <param name="Ancestors">The CUSTOMERIDs above it in Intacct, its parent first.</param>
/// <param name="Contacts">The contacts that it has in Upflow: external id to the hash of the address.</param>
internal sealed record CustomerParts(
    [property: JsonPropertyName("n")] string? RecordNo,
    [property: JsonPropertyName("p")] string? Parent,
    [property: JsonPropertyName("a")] IReadOnlyList<string> Ancestors,
    [property: JsonPropertyName("c")] IReadOnlyDictionary<string, string> Contacts
)
{
    public static CustomerParts None { get; } =
        new(null, null, [], new Dictionary<string, string>(StringComparer.Ordinal));

    /// <param name="text">As <see cref="ToString"/> wrote it; null for none.</param>
    public static CustomerParts Of(string? text) =>
        text is ['{', ..] ? JsonSerializer.Deserialize<CustomerParts>(text) ?? None : None;

    /// <summary>Addresses that differ in case alone are the same to Upflow [assumed].</summary>
    public static string HashOf(string email) => ShortHash.Of(ComparisonKey.Of(email), 16);

    public bool Holds(string emailHash) => Contacts.Values.Contains(emailHash, StringComparer.Ordinal);

    public override string ToString() => JsonSerializer.Serialize(this);
}
