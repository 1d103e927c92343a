using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Invoices;

public sealed class ContactFallbackTests
{
    private static readonly KeyMapEntry Contact = Some.Row(ZuperFlows.Customers, "cust", "Roy, Ines");

    [Theory]
    [InlineData(RecordState.Pending, true, false)]
    [InlineData(RecordState.InDoubt, true, false)]
    [InlineData(RecordState.Pending, false, true)]
    [InlineData(RecordState.Synced, true, true)]
    [InlineData(RecordState.Skipped, true, true)]
    [InlineData(RecordState.NeedsAction, true, true)]
    [InlineData(RecordState.Dead, true, true)]
    public void A_contact_is_stuck_once_nothing_is_under_way(RecordState state, bool syncCustomers, bool stuck)
    {
        var settings = Some.BookingSettings() with { SyncCustomers = syncCustomers };
        var row = Contact with { State = state };
        var stored = row with
        {
            Stored = new StoredEntry(
                "1",
                null,
                null,
                [],
                null,
                RecordState.Pending,
                PendingSince: null,
                FurtherRows: []
            ),
        };
        Assert.Equal(stuck, ContactFallback.IsStuck(stored, settings));
        Assert.False(ContactFallback.IsStuck(row, settings), "What is not stored has not been looked at yet.");
        Assert.False(ContactFallback.IsStuck(stored with { AttachedTo = "C-1" }, settings), "It is in a list.");
    }

    [Theory]
    [InlineData("in an organization", true, false, "organizations/org")]
    [InlineData("active", true, false, "organizations/customer:cust")]
    [InlineData("active", false, false, null)]
    [InlineData("inactive", true, true, "organizations/customer:cust")]
    [InlineData("inactive", true, false, null)]
    [InlineData("deleted", true, false, null)]
    [InlineData("unknown", true, false, null)]
    [InlineData("unknown", false, true, "organizations/customer:cust")]
    public void The_invoice_falls_back_on_the_organization_or_on_the_persons_own_customer(
        string customer,
        bool hasContact,
        bool hasOwn,
        string? expected
    )
    {
        var known = customer switch
        {
            "in an organization" => Some.Person() with { OrganizationUid = "org" },
            "active" => Some.Person(),
            "inactive" => Some.Person() with { IsActive = false },
            "deleted" => Some.Person() with { IsDeleted = true },
            _ => null,
        };
        var own = Some.Row(ZuperFlows.Organizations, OwnCustomer.SourceId("cust"), hasOwn ? "C-9" : null);
        var contact = hasContact ? Contact : Contact with { TargetId = null };
        Assert.Equal(expected, ContactFallback.ParentOf(known, contact, own)?.ToString());
    }
}
