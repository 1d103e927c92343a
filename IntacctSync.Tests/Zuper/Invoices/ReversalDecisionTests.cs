using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
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

    [Theory]
    [InlineData(nameof(BookedState.Open), false, false, "refused")]
    [InlineData(nameof(BookedState.Reversed), false, false, "done")]
    [InlineData(nameof(BookedState.Reversed), false, true, "refused")]
    [InlineData(null, true, false, "done")]
    [InlineData(null, true, true, "refused")]
    [InlineData(null, false, false, "invoice-not-shown")]
    [InlineData(null, false, true, "invoice-not-shown")]
    public void What_is_seen_after_a_refusal_decides_and_nothing_seen_proves_nothing(
        string? state,
        bool gone,
        bool replaces,
        string expected
    ) =>
        Assert.Equal(
            expected,
            Named(
                ReversalDecision.AfterRefusal(
                    Some.Entry() with
                    {
                        TargetId = "5150",
                    },
                    state is null ? null : Some.BookedInvoice() with { State = Enum.Parse<BookedState>(state) },
                    gone,
                    replaces,
                    new Problem("refused", "Location 100 not found.", "Mend it.")
                )
            )
        );

    [Theory]
    [InlineData(nameof(BookedState.Open), "cancelled-and-booked")]
    [InlineData(nameof(BookedState.Reversed), "done")]
    [InlineData(nameof(BookedState.Paid), "invoice-paid-and-cancelled")]
    [InlineData(null, "invoice-not-shown")]
    public void What_was_linked_and_never_compared_is_not_reversed(string? state, string expected) =>
        Assert.Equal(
            expected,
            Decide(
                state is null ? null : Some.BookedInvoice() with { State = Enum.Parse<BookedState>(state) },
                Some.Entry() with
                {
                    TargetId = "5150",
                    Adopted = true,
                    Hash = null,
                }
            )
        );

    private static string Decide(BookedInvoice? booked, KeyMapEntry? entry = null) =>
        Named(ReversalDecision.For(booked, "It is cancelled in Zuper", entry ?? Some.Entry()));

    private static string Named(ReversalDecision decision) =>
        decision switch
        {
            ReversalDecision.Done => "done",
            ReversalDecision.Reject reject => reject.Problem.Code,
            _ => "reverse",
        };
}
