using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Zuper.Invoices;

namespace IntacctSync.Tests.Zuper.Invoices;

public sealed class ItemMatchTests
{
    [Theory]
    [InlineData("ab-1", false, "ab-1,AB-1", "ab-1")]
    [InlineData("AB-1", false, "ab-1,AB-1", "AB-1")]
    [InlineData("Ab-1", false, "AB-1", "AB-1")]
    [InlineData("Ab-1", false, "AB-1,!ab-1", "AB-1")]
    [InlineData("Ab-1", false, "AB-1,ab-1", "ambiguous AB-1 ab-1")]
    [InlineData("ab-1", false, "!ab-1,AB-1", "inactive")]
    [InlineData("Ab-1", false, "!AB-1,!ab-1", "inactive")]
    [InlineData("Ab-1", false, "", "none")]
    [InlineData("ab-1", true, "ab-1,AB-1", "ab-1")]
    [InlineData("ab-1", true, "AB-1", "none")]
    public void An_item_is_taken_as_it_is_spelled_then_the_only_other_one_and_of_several_none(
        string id,
        bool exactly,
        string items,
        string expected
    ) =>
        Assert.Equal(
            expected,
            ItemMatch.Of(id, exactly, [.. items.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Item)]) switch
            {
                ItemMatch.Found found => found.Item.ItemId,
                ItemMatch.Unclear several => "ambiguous " + string.Join(' ', several.ItemIds),
                ItemMatch.Unusable => "inactive",
                _ => "none",
            }
        );

    /// <param name="id">An ITEMID; behind a <c>!</c> of one that is inactive.</param>
    private static ItemRecord Item(string id) =>
        new()
        {
            RecordNo = "1",
            ItemId = id.TrimStart('!'),
            Status = id[0] == '!' ? "inactive" : "active",
        };
}
