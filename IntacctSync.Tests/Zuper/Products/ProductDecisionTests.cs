using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Products;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Products;

public sealed class ProductDecisionTests
{
    private static readonly ZuperConnectionSettings Settings = Some.Settings() with
    {
        DefaultProductCategoryUid = Some.Uid(20),
    };

    [Fact]
    public void A_new_item_is_made_and_a_known_one_changed_only_when_it_differs()
    {
        var made = Assert.IsType<ProductDecision.Create>(For(Row(null), Some.Item()));
        Assert.IsType<ProductDecision.Unchanged>(For(Row("uid") with { Hash = made.Hash }, Some.Item()));
        Assert.IsType<ProductDecision.Update>(
            For(Row("uid") with { Hash = made.Hash }, Some.Item() with { BasePrice = 18.26m })
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_inactive_or_deleted_is_withdrawn_once_and_never_made(bool deleted)
    {
        var item = deleted ? null : Some.Item() with { Status = "inactive" };
        Assert.IsType<ProductDecision.Skip>(For(Row(null), item));
        var update = Assert.IsType<ProductDecision.Update>(For(Row("uid"), item));
        Assert.Equal(new ZuperProductFields { IsAvailable = false }.IsAvailable, update.Fields.IsAvailable);
        Assert.Null(update.Fields.Name);
        Assert.IsType<ProductDecision.Unchanged>(For(Row("uid") with { Hash = update.Hash }, item));
    }

    [Fact]
    public void Two_products_of_a_part_number_or_one_of_another_item_are_no_answer()
    {
        var taken = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Some.Uid(1).ToUpperInvariant()] = "OTHER",
        };
        var one = new ZuperProduct { Uid = Some.Uid(1), Name = "A" };
        var two = new ZuperProduct { Uid = Some.Uid(2), Name = "B" };
        Assert.Null(ProductMatcher.Judge("FLT-16", [], taken));
        Assert.Null(ProductMatcher.Judge("FLT-16", [two], taken));
        Assert.Equal("product-taken", ProductMatcher.Judge("FLT-16", [one], taken)?.Code);
        Assert.Equal("product-ambiguous", ProductMatcher.Judge("FLT-16", [one, two], taken)?.Code);
    }

    [Theory]
    [InlineData("FLT-16", false, true)]
    [InlineData(" flt-16 ", false, true)]
    [InlineData("FLT-16", true, false)]
    [InlineData("FLT-160", false, false)]
    [InlineData(null, false, false)]
    public void A_part_number_is_that_of_an_item_in_any_case(string? partNumber, bool deleted, bool isOf) =>
        Assert.Equal(
            isOf,
            ProductMatcher.IsOf(
                "FLT-16",
                new ZuperProduct
                {
                    Uid = Some.Uid(1),
                    ProductId = partNumber,
                    IsDeleted = deleted,
                }
            )
        );

    private static ProductDecision For(KeyMapEntry row, ItemRecord? item) => ProductDecision.For(row, item, Settings);

    private static KeyMapEntry Row(string? targetId) =>
        new() { Key = new SyncKey(Some.ConnectionId, ZuperFlows.Products, "FLT-16"), TargetId = targetId };
}
