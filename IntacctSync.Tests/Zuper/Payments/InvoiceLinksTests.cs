using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Payments;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Payments;

public sealed class InvoiceLinksTests
{
    [Fact]
    public void An_invoice_whose_former_counterpart_is_gone_is_the_one() =>
        Assert.Equal("uid-1", Judge(Row("uid-1", "77")).Uid);

    [Fact]
    public void An_invoice_whose_counterpart_is_still_there_is_another_one_of_the_same_number()
    {
        var link = InvoiceLinks.Judge(
            Invoice,
            [Row("uid-1", "77")],
            new HashSet<string>(StringComparer.Ordinal) { "77" }
        );
        Assert.Null(link.Uid);
        Assert.Contains("INV-1", link.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_of_a_number_need_a_person() =>
        Assert.Equal("payment-invoice-ambiguous", Judge(Row("uid-1", "77"), Row("uid-2", "78")).Failure?.Problem.Code);

    [Theory]
    [InlineData(RecordState.Pending, FailureClass.Throttled)]
    [InlineData(RecordState.InDoubt, FailureClass.Throttled)]
    [InlineData(RecordState.NeedsAction, FailureClass.Data)]
    [InlineData(RecordState.Dead, FailureClass.Data)]
    public void One_that_has_no_counterpart_yet_is_waited_for_or_needs_a_person_first(
        RecordState state,
        FailureClass failure
    ) => Assert.Equal(failure, Judge(Row("uid-1", null) with { State = state }).Failure?.Class);

    [Fact]
    public void One_that_is_ignored_or_not_there_is_none_of_ours()
    {
        Assert.NotNull(Judge().Reason);
        Assert.NotNull(Judge(Row("uid-1", null) with { State = RecordState.Pending, Ignored = true }).Reason);
        Assert.NotNull(Judge(Row("uid-1", null) with { State = RecordState.InDoubt, Ignored = true }).Reason);
    }

    [Fact]
    public void One_that_is_skipped_is_not_placed_yet_and_says_why()
    {
        var link = Judge(
            (Row("uid-1", null) with { State = RecordState.Pending }).Skip(
                Some.Now,
                "Shadow mode: would create the invoice."
            )
        );
        Assert.Null(link.Uid);
        Assert.Contains("Shadow mode: would create", link.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_invoice_of_another_customer_is_another_one()
    {
        Assert.Contains(
            "not one that was synced",
            Judge(Row("uid-1", "77") with { NaturalKey = "INV-1@C-9" }).Reason,
            StringComparison.Ordinal
        );
        Assert.Equal("uid-2", Judge(Row("uid-1", "77") with { NaturalKey = "INV-1@C-9" }, Row("uid-2", "78")).Uid);
    }

    [Fact]
    public void A_link_of_which_the_customer_is_not_known_needs_a_person() =>
        Assert.Equal(
            "payment-invoice-ambiguous",
            Judge(Row("uid-1", "77") with { NaturalKey = null }).Failure?.Problem.Code
        );

    [Fact]
    public void A_document_is_no_former_invoice() => Assert.Null(Judge(Row("uid-1", "Sales Invoice-INV-1")).Uid);

    private static InvoiceLink Judge(params KeyMapEntry[] rows) =>
        InvoiceLinks.Judge(Invoice, rows, new HashSet<string>(StringComparer.Ordinal));

    private static ArInvoiceSummary Invoice =>
        new()
        {
            RecordNo = "80",
            InvoiceNo = "INV-1",
            CustomerId = "C-1",
        };

    private static KeyMapEntry Row(string uid, string? targetId) =>
        new()
        {
            Key = new SyncKey(Some.ConnectionId, ZuperFlows.Invoices, uid),
            TargetId = targetId,
            NaturalKey = targetId is null ? null : "INV-1@C-1",
            Title = "INV-1",
            State = RecordState.Synced,
        };
}
