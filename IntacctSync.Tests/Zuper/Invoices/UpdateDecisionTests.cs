using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Invoices.Books;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Invoices;

public sealed class UpdateDecisionTests
{
    private static readonly InvoiceChange LineGone = new InvoiceChange.WithoutUpdate("invoice-line-removed", "1 line");

    private static readonly KeyMapEntry Ours = Some.Row(ZuperFlows.Invoices, Some.Uid(41), "51") with
    {
        Hash = "a.b.c.d",
        Made = "51",
    };

    [Fact]
    public void What_Intacct_has_an_update_for_is_updated_and_what_it_has_so_already_is_not()
    {
        Assert.IsType<UpdateDecision.Unchanged>(Decide(new InvoiceChange.None()));
        Assert.IsType<UpdateDecision.Update>(Decide(new InvoiceChange.Write(_ => null!)));
    }

    [Theory]
    [InlineData("ours", "open", true, true)]
    [InlineData("ours", "open", false, false)]
    [InlineData("ours", "paid", true, false)]
    [InlineData("ours", "of Order Entry", true, false)]
    [InlineData("adopted", "open", true, false)]
    [InlineData("adopted and updated since", "open", true, false)]
    [InlineData("made before another was linked and updated", "open", true, false)]
    [InlineData("linked by hand", "open", true, false)]
    public void What_Intacct_has_no_update_for_is_replaced_or_needs_a_person(
        string record,
        string booked,
        bool recreate,
        bool replaced
    )
    {
        var entry = record switch
        {
            "adopted" => Ours with { Adopted = true, Made = null },
            "adopted and updated since" => Ours with { Made = null },
            "made before another was linked and updated" => Ours with { Made = "50" },
            "linked by hand" => Ours with { Hash = null },
            _ => Ours,
        };
        var found = booked switch
        {
            "paid" => Some.BookedInvoice() with { State = BookedState.Paid },
            "of Order Entry" => Some.BookedInvoice() with { MadeByOrderEntry = true },
            _ => Some.BookedInvoice(),
        };
        var decision = UpdateDecision.For(LineGone, found, entry, recreate, TimeSpan.Zero);
        if (replaced)
            Assert.Equal("1 line", Assert.IsType<UpdateDecision.Replace>(decision).Cause);
        else
            Assert.Equal("invoice-line-removed", FailureOf(decision).Problem.Code);
    }

    [Theory]
    [InlineData(119, FailureClass.Throttled)]
    [InlineData(120, FailureClass.Data)]
    public void Lines_that_do_not_make_the_sum_are_looked_at_again_for_two_hours(int minutes, FailureClass expected) =>
        Assert.Equal(
            expected,
            FailureOf(
                UpdateDecision.For(
                    new InvoiceChange.Unclear(),
                    Some.BookedInvoice(),
                    Ours,
                    recreate: true,
                    TimeSpan.FromMinutes(minutes)
                )
            ).Class
        );

    [Fact]
    public void What_can_not_be_changed_or_is_gone_needs_a_person()
    {
        var problem = new Problem("invoice-paid", "It is paid.", "Undo it.");
        Assert.Equal(problem, FailureOf(Decide(new InvoiceChange.Reject(problem))).Problem);
        Assert.Equal("invoice-gone", FailureOf(UpdateDecision.Gone(Ours)).Problem.Code);
    }

    private static UpdateDecision Decide(InvoiceChange change) =>
        UpdateDecision.For(change, Some.BookedInvoice(), Ours, recreate: true, TimeSpan.Zero);

    private static Failure FailureOf(UpdateDecision decision) => Assert.IsType<UpdateDecision.Fail>(decision).Failure;
}
