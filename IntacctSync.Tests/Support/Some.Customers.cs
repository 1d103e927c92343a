using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Tests.Support;

public static partial class Some
{
    public static ZuperCustomer Person() =>
        new()
        {
            Uid = Uid(7),
            FirstName = "Ines",
            LastName = "Roy",
            CompanyName = "Harbor Dental Group",
            Email = "ines@harbordental.example",
            MobilePhone = "+1 512 555 0102",
            WorkPhone = "+1 512 555 0101",
            HomePhone = "+1 512 555 0103",
            BillingAddress = new ZuperAddress
            {
                Street = "12 Pier Rd",
                City = "Austin",
                State = "TX",
                Country = "USA",
                ZipCode = "78701",
            },
            CustomFieldsKnown = true,
            CreatedAt = Now,
            UpdatedAt = Now,
        };
}
