using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Invoices.Books;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Invoices;

public sealed class ReversalDecisionTests
{
    [Theory]
    [InlineData(nameof(BookedState.Open), false, "reverse")]
    [InlineData(nameof(BookedState.Draft), false, "reverse")]
    [InlineData(nameof(BookedState.Reversed), false, "done")]
    [InlineData(nameof(BookedState.Reversed), true, "done")]
    [InlineData(nameof(BookedState.PartlyPaid), false, "invoice-paid-and-cancelled")]
    [InlineData(nameof(BookedState.Paid), false, "invoice-paid-and-cancelled")]
    [InlineData(nameof(BookedState.Paid), true, "invoice-paid-and-cancelled")]
    [InlineData(nameof(BookedState.Open), true, "invoice-of-order-entry")]
    public void What_is_cancelled_in_Zuper(string state, bool madeByOrderEntry, string expected) =>
        Assert.Equal(
            expected,
            Decide(
                Some.BookedInvoice() with
                {
                    State = Enum.Parse<BookedState>(state),
                    MadeByOrderEntry = madeByOrderEntry,
                }
            )
        );

    [Fact]
    public void What_Intacct_does_not_show_is_reversed_all_the_same() => Assert.Equal("reverse", Decide(null));

    private static string Decide(BookedInvoice? booked) =>
        ReversalDecision.For(booked, "It is cancelled in Zuper") switch
        {
            ReversalDecision.Done => "done",
            ReversalDecision.Reject reject => reject.Problem.Code,
            _ => "reverse",
        };
}
