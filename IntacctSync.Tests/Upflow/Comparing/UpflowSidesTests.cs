using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Upflow.Comparing;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Upflow.Comparing;

public sealed class UpflowSidesTests
{
    private static readonly string[] Fields = ["customer", "number", "date", "currency", "total", "open"];

    private static readonly KeyMapEntry AtRest = Some.Row(UpflowFlows.Invoices, "51", "u-51") with
    {
        State = RecordState.Synced,
        Title = "INV-1",
        Hash = "hash",
        Facts = new RecordFacts(200, "EUR", new DateOnly(2026, 3, 2), "C-1"),
    };

    private static readonly ComparedRecord Source = new(
        "51",
        "INV-1",
        ["C-1", "INV-1", "2026-03-02", "EUR", "200.00", "140.00"]
    );

    [Fact]
    public void What_was_last_looked_at_was_carried_over_where_that_ended_with_both_sides_equal() =>
        Assert.Equal(
            [true, true, true, true, true, null],
            Fields.Select(f => UpflowSides.IsAsWritten(Fields, f, AtRest, Source))
        );

    [Fact]
    public void It_is_not_known_while_the_look_has_not_ended_so()
    {
        KeyMapEntry[] others =
        [
            AtRest with
            {
                State = RecordState.Pending,
            },
            AtRest with
            {
                State = RecordState.Skipped,
            },
            AtRest with
            {
                Hash = null,
            },
            AtRest with
            {
                Adopted = true,
            },
            AtRest with
            {
                Intent = new Intent(new ControlId("is-1"), 1, Intent.Update, "update", "<x/>", "h", null, Some.Now),
            },
            AtRest with
            {
                Facts = null,
            },
        ];
        Assert.All(others, e => Assert.Null(UpflowSides.IsAsWritten(Fields, "total", e, Source)));
    }

    [Fact]
    public void What_Intacct_says_otherwise_by_now_is_not_as_it_was()
    {
        var changed = Source with { Title = "INV-9", Values = ["C-2", "INV-9", "2026-03-03", "USD", "210.00", null] };
        Assert.All(Fields, f => Assert.Null(UpflowSides.IsAsWritten(Fields, f, AtRest, changed)));
    }

    [Fact]
    public void Of_a_currency_that_Intacct_does_not_name_the_settings_may_have_another_by_now()
    {
        var row = AtRest with { Facts = AtRest.Facts! with { Currency = null } };
        Assert.Null(UpflowSides.IsAsWritten(Fields, "currency", row, Source));
    }

    [Fact]
    public void A_credit_is_below_zero_in_Intacct_alone()
    {
        var row = AtRest with { Facts = AtRest.Facts! with { Amount = -200 } };
        Assert.Equal(true, UpflowSides.IsAsWritten(Fields, "total", row, Source));
    }
}
