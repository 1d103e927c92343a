using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Invoices;

public sealed class InvoiceCustomersTests
{
    private static readonly KeyMapEntry Organization = Some.Row(ZuperFlows.Organizations, "org", "C-1");

    private static readonly KeyMapEntry Contact = Some.Row(ZuperFlows.Customers, "cust", "Roy, Ines");

    [Theory]
    [InlineData("org", "cust", "other", "organizations/org")]
    [InlineData("org", null, null, "organizations/org")]
    [InlineData(null, "cust", "other", "organizations/other")]
    [InlineData(null, "cust", null, "customers/cust")]
    [InlineData(null, null, null, null)]
    public void The_organization_goes_before_the_customer(
        string? organization,
        string? customer,
        string? organizationOfCustomer,
        string? expected
    ) =>
        Assert.Equal(
            expected,
            InvoiceCustomers
                .ParentOf(
                    Some.Invoice(129) with
                    {
                        OrganizationUid = organization,
                        CustomerUid = customer,
                    },
                    Some.Person() with
                    {
                        OrganizationUid = organizationOfCustomer,
                    }
                )
                ?.ToString()
        );

    [Fact]
    public void The_customer_is_the_organizations_or_the_one_whose_list_has_the_contact()
    {
        Assert.Equal("C-1", InvoiceCustomers.CustomerOf(ZuperFlows.Organizations, Organization, null)?.CustomerId);
        var listed = Contact with { AttachedTo = "C-2" };
        Assert.Equal("C-2", InvoiceCustomers.CustomerOf(ZuperFlows.Customers, listed, listed)?.CustomerId);
        Assert.Null(InvoiceCustomers.CustomerOf(ZuperFlows.Customers, Contact, Contact));
    }

    [Theory]
    [InlineData("c-1", "Roy, Ines")]
    [InlineData("C-2", null)]
    [InlineData(null, null)]
    public void Only_a_contact_of_that_customers_list_is_billed_to(string? attachedTo, string? billTo) =>
        Assert.Equal(
            new InvoiceCustomer("C-1", billTo),
            InvoiceCustomers.CustomerOf(
                ZuperFlows.Organizations,
                Organization,
                Contact with
                {
                    AttachedTo = attachedTo,
                }
            )
        );
}
