using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.Organizations;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Organizations;

public sealed class OrganizationDecisionTests
{
    private static readonly KeyMapEntry Linked = Some.Entry() with { TargetId = "C-1", Hash = "old" };

    private static string HashNow =>
        Assert.IsType<Mapped<CustomerFields>.Document>(OrganizationMapper.Map(Some.Organization())).Hash;

    [Fact]
    public void One_without_a_counterpart_is_created() =>
        Assert.Equal(
            HashNow,
            Assert
                .IsType<OrganizationDecision.Create>(
                    OrganizationDecision.For(Some.Entry(), CustomerSource.Of(Some.Organization()))
                )
                .Hash
        );

    [Fact]
    public void One_that_carries_an_id_that_we_did_not_link_is_checked()
    {
        var carrying = Some.Organization() with { CustomFields = [new ZuperCustomField("sage customer id", " C-7 ")] };
        Assert.Equal(
            "C-7",
            Assert
                .IsType<OrganizationDecision.CheckSageId>(
                    OrganizationDecision.For(Some.Entry(), CustomerSource.Of(carrying))
                )
                .CustomerId
        );
        Assert.IsType<OrganizationDecision.Update>(OrganizationDecision.For(Linked, CustomerSource.Of(carrying)));
    }

    [Fact]
    public void One_that_was_written_as_it_is_stays_as_it_is()
    {
        Assert.IsType<OrganizationDecision.Unchanged>(
            OrganizationDecision.For(Linked with { Hash = HashNow }, CustomerSource.Of(Some.Organization()))
        );
        Assert.IsType<OrganizationDecision.Update>(
            OrganizationDecision.For(Linked, CustomerSource.Of(Some.Organization()))
        );
        Assert.IsType<OrganizationDecision.Update>(
            OrganizationDecision.For(Linked with { Hash = null }, CustomerSource.Of(Some.Organization()))
        );
    }

    [Fact]
    public void One_that_cannot_be_mapped_needs_a_person() =>
        Assert.Equal(
            "organization-without-name",
            Assert
                .IsType<OrganizationDecision.Reject>(
                    OrganizationDecision.For(Linked, CustomerSource.Of(Some.Organization(name: " ")))
                )
                .Problem.Code
        );

    [Fact]
    public void One_that_is_gone_or_inactive_and_was_never_synced_is_left_out()
    {
        foreach (
            var gone in new[]
            {
                null,
                Some.Organization() with
                {
                    IsDeleted = true,
                },
                Some.Organization() with
                {
                    IsActive = false,
                },
            }
        )
            Assert.IsType<OrganizationDecision.Skip>(
                OrganizationDecision.For(Some.Entry(), gone is null ? null : CustomerSource.Of(gone))
            );
    }

    [Fact]
    public void One_that_is_gone_or_inactive_makes_its_customer_inactive_once()
    {
        ZuperOrganization?[] all =
        [
            null,
            Some.Organization() with
            {
                IsDeleted = true,
            },
            Some.Organization() with
            {
                IsActive = false,
            },
            Some.Organization() with
            {
                IsActive = false,
                Email = "no address",
            },
        ];
        foreach (var gone in all)
        {
            var update = Assert.IsType<OrganizationDecision.Update>(
                OrganizationDecision.For(Linked, gone is null ? null : CustomerSource.Of(gone))
            );
            Assert.Equal("inactive", update.Fields.Status);
            Assert.IsType<OrganizationDecision.Unchanged>(
                OrganizationDecision.For(
                    Linked with
                    {
                        Hash = update.Hash,
                    },
                    gone is null ? null : CustomerSource.Of(gone)
                )
            );
            Assert.IsType<OrganizationDecision.Update>(
                OrganizationDecision.For(Linked with { Hash = update.Hash }, CustomerSource.Of(Some.Organization()))
            );
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_customer_whose_organization_is_gone_is_written_with_its_status_alone(bool firstWrite)
    {
        var update = Assert.IsType<OrganizationDecision.Update>(OrganizationDecision.For(Linked, null));
        var written = OrganizationMapper.ForUpdate(
            update.Fields,
            "C-1",
            "Harbor (Z-0123456789AB)",
            OrganizationMapper.Changes(Linked with { Adopted = firstWrite }, update.Fields)
        );
        Assert.Equal(
            "<update><CUSTOMER><CUSTOMERID>C-1</CUSTOMERID><STATUS>inactive</STATUS></CUSTOMER></update>",
            CustomerRequests.Update(default, written).Xml
        );
    }
}
