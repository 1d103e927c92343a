using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Review;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Review;

public sealed class DifferenceCauseTests
{
    private static readonly KeyMapEntry Linked = Some.Row(ZuperFlows.Invoices, "i-1", "51") with
    {
        State = RecordState.Synced,
    };

    [Fact]
    public void What_was_changed_by_hand_was_as_it_was_last_carried_over_where_all_of_it_was_written()
    {
        const string LastCarried = "and 'A' in Zuper, as it was last carried over.";
        Assert.EndsWith(LastCarried, WhyOf(Linked with { Made = "51" }), StringComparison.Ordinal);
        Assert.EndsWith(LastCarried, WhyOf(Linked with { Intents = 2 }), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_an_adopted_one_the_field_may_never_have_been_written()
    {
        const string AsAdopted = "as it was when it was adopted or last carried over.";
        Assert.EndsWith(AsAdopted, WhyOf(Linked), StringComparison.Ordinal);
        Assert.EndsWith(
            AsAdopted,
            WhyOf(Linked with { Intents = 2, Fingerprints = "total=abcdef" }),
            StringComparison.Ordinal
        );
    }

    private static string WhyOf(KeyMapEntry entry) =>
        DifferenceCause
            .OfField(
                entry,
                new FieldDifference("total", "A", "B"),
                AsWritten.Proven,
                explained: null,
                staysAsAdopted: false,
                new Names("Zuper", "Intacct")
            )
            .Why;
}
