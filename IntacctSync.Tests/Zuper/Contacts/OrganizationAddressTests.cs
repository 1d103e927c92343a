using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Contacts;

public sealed class OrganizationAddressTests
{
    [Theory]
    [InlineData("USA", "United States", "US")]
    [InlineData(" us ", "United States", "US")]
    [InlineData("england", "United Kingdom", "GB")]
    [InlineData("Atlantis", "Atlantis", null)]
    [InlineData("", "", "")]
    public void The_country_is_known_by_many_names(string given, string name, string? code)
    {
        var address = Address(new ZuperAddress { Street = "1 Pier Rd", Country = given });
        Assert.Equal((name, code), (address.Country, address.CountryCode));
    }

    [Fact]
    public void What_does_not_go_into_three_lines_is_told()
    {
        var address = new ZuperAddress
        {
            Street = string.Concat(Enumerable.Repeat("12 Pier Road ", 12)),
            Landmark = "A",
        };
        Assert.Null(ContactDetails.AddressCut(address, null));
        Assert.Contains(
            "left out",
            ContactDetails.AddressCut(null, address with { Landmark = new string('B', 100) }),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_name_or_part_of_an_address_that_is_longer_than_its_field_is_told_with_its_length()
    {
        var organization = Some.Organization() with
        {
            Name = new string('n', 100),
            BillingAddress = new ZuperAddress { City = new string('c', 80), PhoneNumber = new string('1', 30) },
        };
        Assert.Null(OrganizationMapper.TextsCut(organization));
        organization = organization with
        {
            Name = new string('n', 101),
            BillingAddress = new ZuperAddress { City = new string('c', 81), PhoneNumber = new string('1', 31) },
        };
        Assert.EndsWith(
            "name (101 of 100), telephone (31 of 30), city (81 of 80).",
            OrganizationMapper.TextsCut(organization),
            StringComparison.Ordinal
        );
        var customer = Some.Person() with { LastName = new string('l', 41) };
        Assert.Contains("last name (41 of 40)", ContactMapper.TextsCut(customer), StringComparison.Ordinal);
        Assert.Null(ContactMapper.TextsCut(Some.Person()));
    }

    [Fact]
    public void Street_and_landmark_have_a_line_each() =>
        Assert.Equal(["12 Pier Rd", "Dock 4", ""], Lines("12 Pier Rd", "Dock 4"));

    [Fact]
    public void A_street_that_is_too_long_goes_on_in_the_next_line_between_words()
    {
        var (first, second) = (new string('a', 50), new string('b', 40));
        Assert.Equal([first, second, "Dock 4"], Lines($"{first} {second}", "Dock 4"));
    }

    [Fact]
    public void A_word_longer_than_a_line_is_cut_without_losing_a_character()
    {
        var street = new string('a', 79) + "\U0001F6E0" + new string('b', 30);
        Assert.Equal([new string('a', 79), "\U0001F6E0" + new string('b', 30), ""], Lines(street, null));
    }

    [Fact]
    public void No_line_is_longer_than_eighty_and_there_are_three()
    {
        var lines = Lines(string.Join(' ', Enumerable.Repeat("seventeen-letters", 40)), "Dock 4");
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.InRange(line.Length, 50, 80));
    }

    [Fact]
    public void The_billing_address_comes_first_and_an_empty_one_does_not_count()
    {
        var organization = Some.Organization() with
        {
            Address = new ZuperAddress { Street = "1 Main St", PhoneNumber = "1" },
            BillingAddress = new ZuperAddress
            {
                Street = " ",
                Country = "USA",
                PhoneNumber = "2",
            },
        };
        Assert.Equal(("1 Main St", "2"), (Map(organization).MailAddress!.Address1, Map(organization).Phone1));
        organization = organization with { BillingAddress = new ZuperAddress { City = "Austin" } };
        Assert.Equal(
            ("", "Austin", "1"),
            (Map(organization).MailAddress!.Address1, Map(organization).MailAddress!.City, Map(organization).Phone1)
        );
    }

    private static ContactFields Map(ZuperOrganization organization) =>
        Assert.IsType<Mapped<CustomerFields>.Document>(OrganizationMapper.Map(organization)).Value.DisplayContact!;

    private static MailAddress Address(ZuperAddress address) =>
        Map(Some.Organization() with { BillingAddress = address }).MailAddress!;

    private static string[] Lines(string street, string? landmark)
    {
        var address = Address(new ZuperAddress { Street = street, Landmark = landmark });
        return [address.Address1!, address.Address2!, address.Address3!];
    }
}
