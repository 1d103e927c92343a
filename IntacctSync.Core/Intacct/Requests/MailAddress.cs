using System.Xml;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>MAILADDRESS. Null leaves a field as it is, an empty text blanks it.</summary>
/// <param name="Country">The country's name in Intacct; must go with the code where the company has ISO codes
/// enabled.</param>
/// <param name="CountryCode">ISO 3166, two letters.</param>
public sealed record MailAddress(
    string? Address1 = null,
    string? Address2 = null,
    string? Address3 = null,
    string? City = null,
    string? State = null,
    string? Zip = null,
    string? Country = null,
    string? CountryCode = null
)
{
    /// <summary>
    /// The address with each field as it is chosen, by its name and its value; null leaves it as it is in Intacct. A
    /// country is one field, with its code.
    /// </summary>
    internal MailAddress Choose(Func<string, string?, string?> choose)
    {
        var country = choose("COUNTRY", Country is null && CountryCode is null ? null : $"{Country}{CountryCode}");
        return new MailAddress(
            choose("ADDRESS1", Address1),
            choose("ADDRESS2", Address2),
            choose("ADDRESS3", Address3),
            choose("CITY", City),
            choose("STATE", State),
            choose("ZIP", Zip),
            country is null ? null : Country,
            country is null ? null : CountryCode
        );
    }

    internal void Write(XmlWriter writer) =>
        writer.Group(
            "MAILADDRESS",
            w =>
            {
                w.Field("ADDRESS1", Address1);
                w.Field("ADDRESS2", Address2);
                w.Field("ADDRESS3", Address3);
                w.Field("CITY", City);
                w.Field("STATE", State);
                w.Field("ZIP", Zip);
                w.Field("COUNTRY", Country);
                w.Field("COUNTRYCODE", CountryCode);
            }
        );
}
