using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Contacts;

public sealed class ContactMapperTests
{
    [Fact]
    public void A_customer_is_mapped_field_by_field()
    {
        var contact = Fields(
            Some.Person() with
            {
                AdditionalEmails = ["none", "second@harbordental.example"],
                Tax = new ZuperTax(true, null),
            }
        );
        Assert.Equal(
            ("Ines Roy", "Ines", "Roy", "Harbor Dental Group"),
            (contact.PrintAs, contact.FirstName, contact.LastName, contact.CompanyName)
        );
        Assert.Equal(
            ("+1 512 555 0101", "+1 512 555 0103", "+1 512 555 0102"),
            (contact.Phone1, contact.Phone2, contact.CellPhone)
        );
        Assert.Equal(
            ("ines@harbordental.example", "second@harbordental.example", false),
            (contact.Email1, contact.Email2, contact.Taxable)
        );
        Assert.Equal(
            new MailAddress("12 Pier Rd", "", "", "Austin", "TX", "78701", "United States", "US"),
            contact.MailAddress
        );
        Assert.Equal("active", contact.Status);
    }

    [Theory]
    [InlineData(" Ines ", "Roy", "Co", "a@b.co", "Ines Roy")]
    [InlineData("Ines", null, "Co", "a@b.co", "Ines")]
    [InlineData("", "Roy", "Co", "a@b.co", "Roy")]
    [InlineData(" ", "", "Co", "a@b.co", "Co")]
    [InlineData(null, null, null, "a@b.co", "a@b.co")]
    public void It_is_called_by_the_best_name_that_it_has(
        string? first,
        string? last,
        string? company,
        string? email,
        string name
    ) =>
        Assert.Equal(
            name,
            Fields(
                Some.Person() with
                {
                    FirstName = first,
                    LastName = last,
                    CompanyName = company,
                    Email = email,
                }
            ).PrintAs
        );

    [Theory]
    [InlineData("ines@")]
    [InlineData("ines roy@b.co")]
    [InlineData("ines@localhost")]
    public void A_malformed_address_is_rejected_with_the_field_to_mend(string email)
    {
        var problem = Assert
            .IsType<Mapped<ContactFields>.Rejected>(ContactMapper.Map(Some.Person() with { Email = email }))
            .Problem;
        Assert.Equal("email-invalid", problem.Code);
        Assert.Contains("e-mail address", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("'", problem.Message + problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void The_contacts_name_fits_is_unique_and_tells_whose_it_is()
    {
        var name = ContactMapper.ContactName(Some.Person() with { FirstName = new string('x', 500) });
        Assert.Equal(IntacctText.ContactName, name.Length);
        Assert.True(ContactNames.IsOf(name, Some.Uid(7)));
        Assert.False(ContactNames.IsOf(name, Some.Uid(8)));
        Assert.False(ContactNames.IsOf(null, Some.Uid(7)));
        Assert.NotEqual(
            ContactMapper.ContactName(Some.Person()),
            ContactMapper.ContactName(Some.Person() with { Uid = Some.Uid(8) })
        );
    }

    [Theory]
    [InlineData("Acme(CC-1)", true)]
    [InlineData("Acme(CC-12)", false)]
    [InlineData("Jane Doe", false)]
    [InlineData(null, false)]
    public void A_display_contact_is_a_customers_own_where_Intacct_named_it_for_that_customer(string? name, bool own) =>
        Assert.Equal(own, ContactNames.IsOwnDisplayContact(name, "C-1", Some.Uid(1)));

    [Fact]
    public void An_update_clears_what_zuper_cleared_but_the_first_one_and_a_create_clear_nothing()
    {
        var fields = Fields(
            Some.Person() with
            {
                Email = null,
                LastName = "",
                MobilePhone = null,
                BillingAddress = null,
            }
        );
        var before = Some.Entry() with { Fingerprints = ContactMapper.FingerprintsOf(Fields(Some.Person())) };
        var update = ContactMapper.ForUpdate(fields, "Ines", ContactMapper.Changes(before, fields));
        Assert.Equal(
            ("Ines", "", "", "", ""),
            (update.ContactName, update.Email1, update.LastName, update.CellPhone, update.MailAddress!.City)
        );
        foreach (
            var written in new[]
            {
                ContactMapper.ForUpdate(fields, "Ines", new FieldChanges(Fingerprints.None, "STATUS", "active")),
                ContactMapper.ForCreate(fields, "Ines"),
            }
        )
            Assert.Equal(
                ("Ines", null, null, null, null),
                (written.ContactName, written.Email1, written.LastName, written.CellPhone, written.MailAddress)
            );
    }

    [Fact]
    public void Equal_documents_have_equal_hashes_and_every_written_field_counts()
    {
        var one = Some.Person();
        ZuperCustomer[] others =
        [
            one with
            {
                FirstName = "Paul",
            },
            one with
            {
                LastName = "Miller",
            },
            one with
            {
                CompanyName = "Other",
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
                MobilePhone = "1",
            },
            one with
            {
                WorkPhone = "1",
            },
            one with
            {
                HomePhone = "1",
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
        ];
        Assert.Equal(others.Length + 1, others.Append(one).Select(Hash).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(
            Hash(one),
            Hash(one with { UpdatedAt = Some.Now.AddDays(1), FirstName = " Ines ", OrganizationUid = Some.Uid(1) })
        );
    }

    [Fact]
    public void A_customers_own_customer_is_named_after_the_company_and_has_the_person_for_its_display_contact()
    {
        var fields = Assert.IsType<Mapped<CustomerFields>.Document>(OwnCustomer.Map(Some.Person())).Value;
        Assert.Equal(("Harbor Dental Group", "active"), (fields.Name, fields.Status));
        Assert.Equal(
            ("Ines Roy", "Roy", null),
            (fields.DisplayContact!.PrintAs, fields.DisplayContact.LastName, fields.DisplayContact.Status)
        );
        Assert.Equal(
            "Ines Roy",
            Assert
                .IsType<Mapped<CustomerFields>.Document>(OwnCustomer.Map(Some.Person() with { CompanyName = " " }))
                .Value.Name
        );
        Assert.Equal(
            "inactive",
            Assert
                .IsType<Mapped<CustomerFields>.Document>(OwnCustomer.Map(Some.Person() with { IsDeleted = true }))
                .Value.Status
        );
    }

    [Fact]
    public void Its_source_id_leads_back_to_the_customer()
    {
        Assert.True(OwnCustomer.Is(OwnCustomer.SourceId("u")));
        Assert.Equal(
            ("u", "u", false),
            (OwnCustomer.Uid(OwnCustomer.SourceId("u")), OwnCustomer.Uid("u"), OwnCustomer.Is("u"))
        );
    }

    private static ContactFields Fields(ZuperCustomer customer) =>
        Assert.IsType<Mapped<ContactFields>.Document>(ContactMapper.Map(customer)).Value;

    private static string Hash(ZuperCustomer customer) =>
        Assert.IsType<Mapped<ContactFields>.Document>(ContactMapper.Map(customer)).Hash;
}
