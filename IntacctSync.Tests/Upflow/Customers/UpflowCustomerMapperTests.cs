using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Upflow.Customers;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Tests.Upflow.Customers;

public sealed class UpflowCustomerMapperTests
{
    [Fact]
    public void Every_field_has_its_place()
    {
        var mapped = Map(
            Row(
                ("NAME", "Harbor Dental"),
                ("TAXID", "DE123"),
                ("DISPLAYCONTACT.MAILADDRESS.ADDRESS1", "1 Pier"),
                ("DISPLAYCONTACT.MAILADDRESS.ADDRESS2", ""),
                ("DISPLAYCONTACT.MAILADDRESS.ADDRESS3", "Floor 2"),
                ("DISPLAYCONTACT.MAILADDRESS.ZIP", "94105"),
                ("DISPLAYCONTACT.MAILADDRESS.CITY", "San Francisco"),
                ("DISPLAYCONTACT.MAILADDRESS.STATE", "CA"),
                ("DISPLAYCONTACT.MAILADDRESS.COUNTRY", "United States")
            )
        );
        Assert.Equal(
            ("c-1", "Harbor Dental", "C1", "DE123"),
            (mapped.ExternalId, mapped.Name, mapped.AccountingRef, mapped.VatNumber)
        );
        Assert.Equal(new UpflowAddress("1 Pier, Floor 2", "94105", "San Francisco", "CA", "US"), mapped.Address);
    }

    [Fact]
    public void A_customer_without_a_name_is_called_by_its_id_and_an_unknown_country_stays_as_it_is()
    {
        var mapped = Map(Row(("DISPLAYCONTACT.MAILADDRESS.COUNTRY", "Atlantis")));
        Assert.Equal(("C1", "Atlantis"), (mapped.Name, mapped.Address.Country));
    }

    [Fact]
    public void The_code_of_a_country_goes_before_its_name() =>
        Assert.Equal(
            "CA",
            Map(
                Row(
                    ("DISPLAYCONTACT.MAILADDRESS.COUNTRYCODE", "CA"),
                    ("DISPLAYCONTACT.MAILADDRESS.COUNTRY", "United States")
                )
            ).Address.Country
        );

    [Theory]
    [InlineData("Sales", "SALES")]
    [InlineData(" payments ", "PAYER")]
    [InlineData("Payer", "PAYER")]
    [InlineData("Purchasing", "PURCHASER")]
    [InlineData("Friends", "ACCOUNTING")]
    [InlineData(null, "ACCOUNTING")]
    public void The_category_of_a_contact_is_its_position(string? category, string position) =>
        Assert.Equal(position, Assert.Single(Map(Row(), Contact("7", category)).Contacts).Position);

    [Fact]
    public void The_first_contact_is_the_main_one_and_each_is_named_by_its_customer()
    {
        var contacts = Map(Row(), Contact("7"), Contact("9")).Contacts;
        Assert.Equal([("C1-7", true), ("C1-9", false)], contacts.Select(c => (c.ExternalId, c.IsMain)));
    }

    [Fact]
    public void The_hash_tells_parents_apart_and_not_how_one_is_left()
    {
        var alone = Map(Row());
        Assert.Equal(
            UpflowCustomerMapper.HashOf(alone),
            UpflowCustomerMapper.HashOf(alone with { LeavesParent = true })
        );
        Assert.NotEqual(
            UpflowCustomerMapper.HashOf(alone),
            UpflowCustomerMapper.HashOf(alone with { Parent = new UpflowReference("u-1") })
        );
        Assert.NotEqual(UpflowCustomerMapper.HashOf(alone), UpflowCustomerMapper.HashOf(alone with { Name = "B" }));
    }

    private static UpflowCustomer Map(IntacctRecord row, params IReadOnlyList<SourceContact> contacts) =>
        UpflowCustomerMapper.Map(new SourceCustomer(row, contacts, [], []), "c-1", null, false, contacts, []);

    private static IntacctRecord Row(params (string Name, string Value)[] fields) =>
        new("CUSTOMER", [.. fields.Prepend(("CUSTOMERID", "C1")).Select(f => new IntacctField(f.Item1, f.Item2))]);

    private static SourceContact Contact(string recordNo, string? category = null) =>
        new(recordNo, "Ana", "ana@harbor.example", "Ana", "Lim", "555", category);
}
