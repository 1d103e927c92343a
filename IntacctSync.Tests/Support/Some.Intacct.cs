using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Requests;

namespace IntacctSync.Tests.Support;

public static partial class Some
{
    public const string SenderPassword = "canary-sender-password-7741";
    public const string UserPassword = "canary-user-password-3319";
    public const string SessionId = "canary-session-9902..";

    public static IntacctCredentials IntacctCredentials(string userPassword = UserPassword, string? entityId = null) =>
        new("harbor_ws", SenderPassword, "Harbor-Dental", "api_user", userPassword, entityId);

    public static IntacctFunction CreateFunction(string controlId = "is-1", string name = "Harbor Dental Group") =>
        CustomerRequests.Create(
            new ControlId(controlId),
            new CustomerFields
            {
                Name = name,
                DisplayContact = new ContactFields { PrintAs = name },
            }
        );

    /// <summary>A customer with every field set.</summary>
    public static CustomerFields Customer() =>
        new()
        {
            CustomerId = "Z0123456789AB",
            Name = "Harbor & <Dental> Group",
            DisplayContact = Contact() with { Status = null },
            TermName = "N30",
            CustomerType = "Clinics",
            ParentId = "Z0000000000PA",
            TaxId = "12-3456789",
            ResaleNo = "R-9",
            CreditLimit = 12500.50m,
            OnHold = false,
            Comments = "Gate code at the desk",
            Currency = "USD",
            Status = "active",
            CustomFields = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["ZUPER_UID"] = "1e0d7c40",
                ["REGION"] = "",
            },
        };

    /// <summary>A contact with every field set.</summary>
    public static ContactFields Contact() =>
        new()
        {
            ContactName = "Harbor Dental Group (Z-0123456789AB)",
            PrintAs = "Harbor Dental Group",
            CompanyName = "Harbor Dental Group",
            FirstName = "Ana",
            LastName = "Reyes",
            Phone1 = "+1 512 555 0100",
            Phone2 = "+1 512 555 0101",
            CellPhone = "+1 512 555 0102",
            Fax = "+1 512 555 0103",
            Email1 = "ap@harbordental.example",
            Email2 = "ana@harbordental.example",
            Url1 = "https://harbordental.example",
            Taxable = true,
            TaxGroup = "TX Austin",
            TaxId = "12-3456789",
            MailAddress = new MailAddress("12 Pier Rd", "Suite 4", "", "Austin", "TX", "78701", "United States", "US"),
            Status = "active",
        };
}
