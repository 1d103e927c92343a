using IntacctSync.Core.Domain;
using IntacctSync.Core.Waiting;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Tests.Waiting;

public sealed class ParentFlowsTests
{
    private static readonly ParentFlows Flows = new(ZuperParents.All);

    [Fact]
    public void Children_are_sent_for_in_the_order_in_which_they_wait_for_each_other()
    {
        Assert.Equal([FlowName.Customers, FlowName.Invoices], Flows.ChildrenOf(FlowName.Organizations));
        Assert.Equal([FlowName.Invoices], Flows.ChildrenOf(FlowName.Customers));
        Assert.Empty(Flows.ChildrenOf(FlowName.Invoices));
        Assert.Empty(Flows.ChildrenOf(FlowName.Payments));
    }

    [Theory]
    [InlineData("customer:c1", true)]
    [InlineData("org-1", false)]
    public void Only_a_customers_own_customer_is_looked_at_again(string sourceId, bool again) =>
        Assert.Equal(again, Flows.Of(FlowName.Organizations).IsLookedAtAgain(sourceId));

    [Fact]
    public void A_parent_of_a_flow_that_no_app_speaks_of_is_refused_with_its_name() =>
        Assert.Contains(
            "products",
            Assert.Throws<InvalidOperationException>(() => Flows.Of(FlowName.Products)).Message,
            StringComparison.Ordinal
        );
}
