using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Contacts;

/// <summary>What an Intacct customer is made of: a Zuper organization, or a Zuper customer that has none.</summary>
/// <param name="Record">As Zuper has it.</param>
/// <param name="Name">What a person calls it.</param>
/// <param name="Email">As it stands in Zuper.</param>
/// <param name="IsInUse">Neither inactive nor deleted.</param>
/// <param name="ContactName">What its display contact is called when it is made.</param>
/// <param name="Mapped">As an Intacct customer.</param>
public sealed record CustomerSource(
    ZuperRecord Record,
    string? Name,
    string? Email,
    bool IsInUse,
    string ContactName,
    Mapped<CustomerFields> Mapped
)
{
    /// <summary>Its Sage id in Zuper; null where it has none.</summary>
    public string? SageId => Record.CustomField(OrganizationMapper.SageCustomerId);

    /// <summary>What its display contact is called when its customer is made again.</summary>
    public string ContactNameOf(int revision) =>
        revision == 0 ? ContactName : ContactNames.For(Name, Record.Uid, revision);

    public static CustomerSource Of(ZuperOrganization organization) =>
        new(
            organization,
            organization.Name,
            organization.Email,
            organization is { IsActive: true, IsDeleted: false },
            OrganizationMapper.ContactName(organization),
            OrganizationMapper.Map(organization)
        );

    public static CustomerSource Of(ZuperCustomer customer) =>
        new(
            customer,
            OwnCustomer.NameOf(customer),
            customer.Email,
            customer is { IsActive: true, IsDeleted: false },
            ContactMapper.ContactName(customer),
            OwnCustomer.Map(customer)
        );
}
