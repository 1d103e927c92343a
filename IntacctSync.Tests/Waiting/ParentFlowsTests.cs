using IntacctSync.Core;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Waiting;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Tests.Waiting;

public sealed class ParentFlowsTests
{
    private static readonly ParentFlows Flows = new(IntacctSyncRegistration.Apps);

    [Fact]
    public void Children_are_sent_for_in_the_order_in_which_they_wait_for_each_other()
    {
        Assert.Equal([ZuperFlows.Customers, ZuperFlows.Invoices], Flows.ChildrenOf(ZuperFlows.Organizations));
        Assert.Equal([ZuperFlows.Invoices], Flows.ChildrenOf(ZuperFlows.Customers));
        Assert.Empty(Flows.ChildrenOf(ZuperFlows.Invoices));
        Assert.Empty(Flows.ChildrenOf(ZuperFlows.Payments));
    }

    [Theory]
    [InlineData("customer:c1", true)]
    [InlineData("org-1", false)]
    public void Only_a_customers_own_customer_is_looked_at_again(string sourceId, bool again) =>
        Assert.Equal(again, Flows.Of(ZuperFlows.Organizations).Flow.IsLookedAtAgain(sourceId));

    [Fact]
    public void A_parent_of_a_flow_that_no_app_has_is_refused_with_its_name() =>
        Assert.Contains(
            "no-such-flow",
            Assert.Throws<InvalidOperationException>(() => Flows.Of(FlowName.Parse("no-such-flow"))).Message,
            StringComparison.Ordinal
        );
}
