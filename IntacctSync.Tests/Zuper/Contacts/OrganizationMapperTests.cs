using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Contacts;

public sealed class OrganizationMapperTests
{
    [Theory]
    [InlineData("a@b.co", "a@b.co")]
    [InlineData("  a@b.co\n", "a@b.co")]
    [InlineData("First.Last+x@sub.example.com", "First.Last+x@sub.example.com")]
    [InlineData(null, "")]
    [InlineData(" \t", "")]
    public void An_email_address_is_taken_as_it_is(string? email, string expected) =>
        Assert.Equal(expected, Fields(Some.Organization() with { Email = email }).DisplayContact!.Email1);

    [Theory]
    [InlineData("a@b.co; c@d.co", "a@b.co")]
    [InlineData("a@b.co, c@d.co", "a@b.co")]
    [InlineData("a@b.co c@d.co", "a@b.co")]
    [InlineData("a@b.co\nc@d.co", "a@b.co")]
    [InlineData("front desk; c@d.co", "c@d.co")]
    public void Of_several_addresses_in_one_field_the_first_valid_one_is_used_and_said(string email, string expected)
    {
        Assert.Equal(expected, Fields(Some.Organization() with { Email = email }).DisplayContact!.Email1);
        Assert.Contains(expected, ContactDetails.SeveralEmails(email), StringComparison.Ordinal);
        Assert.Null(ContactDetails.SeveralEmails(expected));
    }

    [Theory]
    [InlineData("not an address")]
    [InlineData("a@b")]
    [InlineData("a@")]
    [InlineData("@b.co")]
    [InlineData("a b@c.co")]
    [InlineData("a@b, c@d")]
    [InlineData("Ana <a@b.co>")]
    [InlineData("ä@b.co")]
    [InlineData("a@b.co.")]
    [InlineData("a@.b.co")]
    [InlineData("a@b..co")]
    public void What_is_no_email_address_needs_a_person(string email)
    {
        var rejected = Assert.IsType<Mapped<CustomerFields>.Rejected>(
            OrganizationMapper.Map(Some.Organization() with { Email = email })
        );
        Assert.Equal("email-invalid", rejected.Problem.Code);
        Assert.DoesNotContain(email, rejected.Problem.Message + rejected.Problem.Fix, StringComparison.Ordinal);
        Assert.Contains("e-mail address", rejected.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_good_additional_address_is_the_second_one() =>
        Assert.Equal(
            "c@d.co",
            Fields(
                Some.Organization() with
                {
                    AdditionalEmails = ["", "bad", "c@d.co", "e@f.co"],
                }
            ).DisplayContact!.Email2
        );

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \u0007\t ")]
    public void One_without_a_name_needs_a_person(string? name) =>
        Assert.Equal(
            "organization-without-name",
            Assert.IsType<Mapped<CustomerFields>.Rejected>(OrganizationMapper.Map(Some.Organization(name))).Problem.Code
        );

    [Fact]
    public void Long_texts_are_cut_to_what_intacct_takes()
    {
        var x = new string('x', 500);
        var fields = Fields(
            Some.Organization(x) with
            {
                BillingAddress = new ZuperAddress
                {
                    Street = "1",
                    City = x,
                    State = x,
                    Country = x,
                    ZipCode = x,
                    PhoneNumber = x,
                },
            }
        );
        var (contact, address) = (fields.DisplayContact!, fields.DisplayContact!.MailAddress!);
        Assert.Equal(
            [100, 200, 100, 30, 80, 40, 30, 60],
            new[]
            {
                fields.Name,
                contact.PrintAs,
                contact.CompanyName,
                contact.Phone1,
                address.City,
                address.State,
                address.Zip,
                address.Country,
            }.Select(t => t!.Length)
        );
    }

    [Fact]
    public void The_contact_name_is_cut_before_its_suffix_and_never_changes_for_a_uid()
    {
        var name = OrganizationMapper.ContactName(Some.Organization(new string('x', 500)));
        Assert.Equal(200, name.Length);
        Assert.Matches(@"^x+ \(Z-[0-9A-HJKMNP-TV-Z]{12}\)$", name);
        Assert.EndsWith(
            OrganizationMapper.CustomerId(Some.Uid(1))[1..] + ")",
            OrganizationMapper.ContactName(Some.Organization("Other")),
            StringComparison.Ordinal
        );
        Assert.NotEqual(
            OrganizationMapper.ContactName(Some.Organization()),
            OrganizationMapper.ContactName(Some.Organization() with { Uid = Some.Uid(2) })
        );
    }

    [Fact]
    public void The_tax_exemption_is_taken_where_zuper_says_it() =>
        Assert.Equal(
            [false, true, null],
            new[] { new ZuperTax(true, null), new ZuperTax(false, null), null }.Select(t =>
                Fields(Some.Organization() with { Tax = t }).DisplayContact!.Taxable
            )
        );

    [Fact]
    public void A_create_leaves_out_what_is_empty_and_carries_the_keys_of_our_choosing()
    {
        var organization = Some.Organization() with { Email = null, BillingAddress = null };
        var settings = Some.Settings() with { Invoice = new InvoiceSettings { TermName = "N30" } };
        var created = OrganizationMapper.ForCreate(
            Fields(organization),
            organization.Uid,
            OrganizationMapper.ContactName(organization),
            settings
        );
        Assert.Equal((OrganizationMapper.CustomerId(organization.Uid), "N30"), (created.CustomerId, created.TermName));
        Assert.Equal(OrganizationMapper.ContactName(organization), created.DisplayContact!.ContactName);
        Assert.Null(created.DisplayContact.Email1);
        Assert.Null(created.DisplayContact.MailAddress);
        Assert.Null(
            OrganizationMapper
                .ForCreate(
                    Fields(organization),
                    organization.Uid,
                    OrganizationMapper.ContactName(organization),
                    settings with
                    {
                        CustomerIds = CustomerIds.Intacct,
                    }
                )
                .CustomerId
        );
    }

    [Fact]
    public void An_update_clears_what_zuper_cleared_but_the_first_one_clears_nothing()
    {
        var fields = Fields(Some.Organization() with { Email = null, BillingAddress = null });
        var written = Some.Entry() with
        {
            Fingerprints = OrganizationMapper.FingerprintsOf(Fields(Some.Organization())),
        };
        var update = OrganizationMapper.ForUpdate(
            fields,
            "C-1",
            "Harbor (Z-1)",
            OrganizationMapper.Changes(written, fields)
        );
        Assert.Equal(
            ("", "", ""),
            (update.DisplayContact!.Email1, update.DisplayContact.Phone1, update.DisplayContact.MailAddress!.Address1)
        );
        var first = OrganizationMapper.ForUpdate(
            fields,
            "C-1",
            "Harbor (Z-1)",
            OrganizationMapper.Changes(written with { Adopted = true, Hash = null }, fields)
        );
        Assert.Equal(
            (null, null, null),
            (first.DisplayContact!.Email1, first.DisplayContact.Phone1, first.DisplayContact.MailAddress)
        );
        Assert.Equal(
            ("C-1", "Harbor (Z-1)", null),
            (first.CustomerId, first.DisplayContact.ContactName, first.TermName)
        );
    }

    [Fact]
    public void Equal_documents_have_equal_hashes_and_every_written_field_counts()
    {
        var one = Some.Organization();
        ZuperOrganization[] others =
        [
            one with
            {
                Name = "Other",
            },
            one with
            {
                Email = "x@y.co",
            },
            one with
            {
                AdditionalEmails = ["x@y.co"],
            },
            one with
            {
                IsActive = false,
            },
            one with
            {
                Tax = new ZuperTax(true, null),
            },
            one with
            {
                BillingAddress = one.BillingAddress! with { Street = "13 Pier Rd" },
            },
            one with
            {
                BillingAddress = one.BillingAddress! with { Landmark = "Dock" },
            },
            one with
            {
                BillingAddress = one.BillingAddress! with { City = "Dallas" },
            },
            one with
            {
                BillingAddress = one.BillingAddress! with { State = "OK" },
            },
            one with
            {
                BillingAddress = one.BillingAddress! with { ZipCode = "1" },
            },
            one with
            {
                BillingAddress = one.BillingAddress! with { Country = "Canada" },
            },
            one with
            {
                BillingAddress = one.BillingAddress! with { PhoneNumber = "1" },
            },
        ];
        Assert.Equal(others.Length + 1, others.Append(one).Select(Hash).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(
            Hash(one),
            Hash(one with { Description = "<p>New</p>", UpdatedAt = Some.Now.AddDays(1), Name = $" {one.Name} " })
        );
    }

    /// <summary>A hash that changes with a release would write every customer again.</summary>
    [Fact]
    public void The_hash_of_a_document_is_the_same_in_every_release() =>
        Assert.Equal("N91MVGTB8GN20DA2RD7BHAAB16", Hash(Some.Organization()));

    private static CustomerFields Fields(ZuperOrganization organization) =>
        Assert.IsType<Mapped<CustomerFields>.Document>(OrganizationMapper.Map(organization)).Value;

    private static string Hash(ZuperOrganization organization) =>
        Assert.IsType<Mapped<CustomerFields>.Document>(OrganizationMapper.Map(organization)).Hash;
}
