using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows.Zuper.Payments;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Flows.Zuper;

public sealed class InvoiceLinksTests
{
    [Fact]
    public void An_invoice_whose_former_counterpart_is_gone_is_the_one() => Assert.Equal("uid-1", Judge(Row("uid-1", "77")).Uid);

    [Fact]
    public void An_invoice_whose_counterpart_is_still_there_is_another_one_of_the_same_number()
    {
        var link = InvoiceLinks.Judge("INV-1", [Row("uid-1", "77")], new HashSet<string>(StringComparer.Ordinal) { "77" });
        Assert.Null(link.Uid);
        Assert.Contains("INV-1", link.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_of_a_number_need_a_person() => Assert.Equal("payment-invoice-ambiguous", Judge(Row("uid-1", "77"), Row("uid-2", "78")).Failure?.Problem.Code);

    [Theory]
    [InlineData(RecordState.Pending, FailureClass.Throttled)]
    [InlineData(RecordState.InDoubt, FailureClass.Throttled)]
    [InlineData(RecordState.NeedsAction, FailureClass.Data)]
    [InlineData(RecordState.Dead, FailureClass.Data)]
    public void One_that_has_no_counterpart_yet_is_waited_for_or_needs_a_person_first(RecordState state, FailureClass failure) =>
        Assert.Equal(failure, Judge(Row("uid-1", null) with { State = state }).Failure?.Class);

    [Fact]
    public void One_that_is_skipped_or_ignored_or_not_there_is_none_of_ours()
    {
        Assert.NotNull(Judge().Reason);
        Assert.NotNull(Judge(Row("uid-1", null) with { State = RecordState.Skipped }).Reason);
        Assert.NotNull(Judge(Row("uid-1", null) with { State = RecordState.Pending, Ignored = true }).Reason);
        Assert.NotNull(Judge(Row("uid-1", null) with { State = RecordState.InDoubt, Ignored = true }).Reason);
    }

    private static InvoiceLink Judge(params KeyMapEntry[] rows) => InvoiceLinks.Judge("INV-1", rows, new HashSet<string>(StringComparer.Ordinal));

    private static KeyMapEntry Row(string uid, string? targetId) =>
        new() { Key = new SyncKey(Some.ConnectionId, FlowName.Invoices, uid), TargetId = targetId, Title = "INV-1", State = RecordState.Synced };
}
