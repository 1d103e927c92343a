using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Contacts;

/// <summary>
/// A Zuper customer without an organization has an Intacct customer of its own. It is a record of the organizations
/// flow, with a source id that no organization has: <c>customer:</c> and the uid. Its display contact is the contact of
/// the person, with the person's custom fields; that a display contact takes them as a contact does is [assumed]. Pure.
/// </summary>
public static class OwnCustomer
{
    /// <summary>Its source id is this, and the customer's uid.</summary>
    public const string Prefix = "customer:";

    public static string SourceId(string customerUid) => Prefix + customerUid;

    public static bool Is(string sourceId) => sourceId.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The uid of the record in Zuper, whether it is such a customer or an organization.</summary>
    public static string Uid(string sourceId) => Is(sourceId) ? sourceId[Prefix.Length..] : sourceId;

    /// <summary>The name of its company, else of the person.</summary>
    public static string NameOf(ZuperCustomer customer) =>
        ContactDetails.FirstOf(customer.CompanyName, ContactMapper.NameOf(customer));

    public static Mapped<CustomerFields> Map(ZuperCustomer customer) =>
        ContactMapper.Map(customer) switch
        {
            Mapped<ContactFields>.Document d => OrganizationMapper.Document(
                IntacctText.Cut(NameOf(customer), IntacctText.Name),
                customer is { IsActive: true, IsDeleted: false },
                d.Value with
                {
                    Status = null,
                },
                CustomFieldXml.None
            ),
            Mapped<ContactFields>.Rejected r => new Mapped<CustomerFields>.Rejected(r.Problem),
            _ => throw new InvalidOperationException("A mapping is a document or a rejection."),
        };
}
