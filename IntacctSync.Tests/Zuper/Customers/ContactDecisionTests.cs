using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.Customers;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Customers;

public sealed class ContactDecisionTests
{
    private static readonly KeyMapEntry Fresh = new()
    {
        Key = new SyncKey(Some.ConnectionId, ZuperFlows.Customers, Some.Uid(7)),
    };
    private static readonly KeyMapEntry Linked = Fresh with
    {
        TargetId = "Ines",
        NaturalKey = "Ines",
        AttachedTo = "C-1",
        Hash = "old",
    };
    private static readonly KeyMapEntry Organization = Some.Entry(Some.Uid(1)) with
    {
        TargetId = "C-1",
        NaturalKey = "Harbor (Z-1)",
    };

    private static readonly KeyMapEntry Own = Some.Entry(OwnCustomer.SourceId(Some.Uid(7))) with
    {
        TargetId = "C-7",
        NaturalKey = ContactMapper.ContactName(Some.Person()),
    };

    private static string HashNow =>
        Assert.IsType<Mapped<ContactFields>.Document>(ContactMapper.Map(Some.Person())).Hash;

    [Fact]
    public void One_without_a_counterpart_is_created()
    {
        Assert.Equal(HashNow, Assert.IsType<ContactDecision.Create>(Decide(Fresh, Some.Person(), Organization)).Hash);
    }

    [Fact]
    public void One_that_carries_a_name_that_we_did_not_link_is_checked()
    {
        var carrying = Some.Person() with { CustomFields = [new ZuperCustomField("sage contact id", " Ines ")] };
        Assert.Equal(
            "Ines",
            Assert.IsType<ContactDecision.CheckSageId>(Decide(Fresh, carrying, Organization)).ContactName
        );
        Assert.Equal("Ines", Assert.IsType<ContactDecision.CheckSageId>(Decide(Fresh, carrying, Own)).ContactName);
        Assert.IsType<ContactDecision.Update>(Decide(Linked, carrying, Organization));
    }

    [Fact]
    public void One_that_was_written_as_it_is_stays_as_it_is()
    {
        Assert.IsType<ContactDecision.Unchanged>(Decide(Linked with { Hash = HashNow }, Some.Person(), Organization));
        Assert.IsType<ContactDecision.Update>(Decide(Linked with { Hash = null }, Some.Person(), Organization));
    }

    [Fact]
    public void One_whose_own_customer_was_made_here_is_carried_by_it_once()
    {
        var carry = Assert.IsType<ContactDecision.Carry>(Decide(Fresh, Some.Person(), Own));
        Assert.Equal((Own.NaturalKey, "C-7"), (carry.ContactName, carry.CustomerId));
        var carried = Fresh with
        {
            TargetId = Own.NaturalKey,
            NaturalKey = Own.NaturalKey,
            AttachedTo = "C-7",
            Hash = ContactDecision.Carried,
        };
        Assert.IsType<ContactDecision.Unchanged>(Decide(carried, Some.Person(), Own));
        Assert.IsType<ContactDecision.Unchanged>(Decide(carried, Some.Person() with { LastName = "Miller" }, Own));
        Assert.IsType<ContactDecision.Update>(Decide(carried, Some.Person(), Organization));
    }

    [Fact]
    public void The_display_contact_of_an_adopted_customer_carries_nobody() =>
        Assert.IsType<ContactDecision.Create>(Decide(Fresh, Some.Person(), Own with { NaturalKey = "Somebody else" }));

    [Fact]
    public void One_that_had_a_contact_of_its_own_keeps_it() =>
        Assert.IsType<ContactDecision.Unchanged>(Decide(Linked with { Hash = HashNow }, Some.Person(), Own));

    [Fact]
    public void One_that_cannot_be_mapped_needs_a_person_and_no_parent()
    {
        var nameless = Some.Person() with { FirstName = " ", LastName = null, CompanyName = "", Email = null };
        Assert.Equal(
            "customer-without-name",
            Assert.IsType<ContactDecision.Reject>(Decide(Fresh, nameless, null)).Problem.Code
        );
        Assert.False(ContactDecision.NeedsParent(nameless));
        Assert.True(ContactDecision.NeedsParent(Some.Person()));
    }

    [Fact]
    public void One_that_is_gone_or_inactive_and_was_never_synced_is_left_out()
    {
        foreach (var gone in Gone)
        {
            Assert.IsType<ContactDecision.Skip>(Decide(Fresh, gone, null));
            Assert.False(ContactDecision.NeedsParent(gone));
        }
    }

    [Fact]
    public void One_that_is_gone_or_inactive_makes_its_contact_inactive_once()
    {
        foreach (var gone in Gone)
        {
            var update = Assert.IsType<ContactDecision.Update>(Decide(Linked, gone, null));
            Assert.Equal("inactive", update.Fields.Status);
            Assert.IsType<ContactDecision.Unchanged>(Decide(Linked with { Hash = update.Hash }, gone, null));
            Assert.IsType<ContactDecision.Update>(
                Decide(Linked with { Hash = update.Hash }, Some.Person(), Organization)
            );
            Assert.IsType<ContactDecision.Unchanged>(
                Decide(Linked with { Hash = ContactDecision.Carried }, gone, null)
            );
        }
    }

    [Theory]
    [InlineData("C-1", "Ines", "old", false)]
    [InlineData("c-1", "Ines", "old", false)]
    [InlineData("C-2", "Ines", "old", true)]
    [InlineData(null, "Ines", "old", true)]
    [InlineData("C-1", null, null, true)]
    [InlineData("C-9", "Ines", ContactDecision.Carried, false)]
    public void An_attachment_is_due_unless_that_contact_stands_in_that_customers_list(
        string? attachedTo,
        string? naturalKey,
        string? hash,
        bool due
    ) =>
        Assert.Equal(
            due,
            Attachment.IsDue(Linked with { AttachedTo = attachedTo, NaturalKey = naturalKey, Hash = hash }, "C-1")
        );

    [Fact]
    public void Attachments_are_gathered_by_customer_and_no_function_is_empty_or_too_large()
    {
        var all = Attachment
            .Of([("C-1", "a"), ("C-2", "b"), ("c-1", "c"), .. Enumerable.Range(0, 250).Select(i => ("C-3", $"{i}"))])
            .ToList();
        Assert.Equal([2, 1, 100, 100, 50], all.Select(a => a.SourceIds.Count));
        Assert.Empty(Attachment.Of([]));
    }

    [Fact]
    public void A_customers_own_customer_is_told_of_what_concerns_it_and_of_nothing_else()
    {
        var source = CustomerSource.Of(Some.Person());
        var hash = Assert.IsType<Mapped<CustomerFields>.Document>(source.Mapped).Hash;
        var shown = Some.Person() with { CustomFields = [new ZuperCustomField("Sage Customer ID", "C-7")] };
        var equal = Own with { Hash = hash };
        Assert.False(CustomerParents.IsDue(equal, shown, SyncMode.Live));
        Assert.True(CustomerParents.IsDue(equal, Some.Person(), SyncMode.Live));
        Assert.True(CustomerParents.IsDue(equal, shown with { LastName = "Miller" }, SyncMode.Live));
        Assert.True(CustomerParents.IsDue(equal, null, SyncMode.Live));
        Assert.False(CustomerParents.IsDue(equal with { Ignored = true }, null, SyncMode.Live));
        Assert.False(CustomerParents.IsDue(Own with { TargetId = null }, shown, SyncMode.Live));
        Assert.True(
            CustomerParents.IsDue(Own with { TargetId = null, State = RecordState.NeedsAction }, shown, SyncMode.Live)
        );
        Assert.True(CustomerParents.IsDue(Own with { TargetId = null }, shown, SyncMode.Shadow));
        Assert.False(
            CustomerParents.IsDue(
                Own with
                {
                    TargetId = null,
                },
                shown with
                {
                    OrganizationUid = Some.Uid(1),
                },
                SyncMode.Shadow
            )
        );
    }

    private static ZuperCustomer?[] Gone =>
        [
            null,
            Some.Person() with
            {
                IsDeleted = true,
            },
            Some.Person() with
            {
                IsActive = false,
            },
            Some.Person() with
            {
                IsActive = false,
                Email = "no address",
            },
        ];

    private static ContactDecision Decide(KeyMapEntry entry, ZuperCustomer? customer, KeyMapEntry? parent) =>
        ContactDecision.For(entry, customer, parent);
}
