using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Products;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Products;

public sealed class ProductMapperTests
{
    private static readonly ZuperConnectionSettings Settings = Some.Settings() with
    {
        DefaultProductCategoryUid = Some.Uid(20),
        ProductCategories = new Dictionary<string, string>(StringComparer.Ordinal) { ["Services"] = Some.Uid(21) },
    };

    [Fact]
    public void An_item_is_mapped_field_by_field()
    {
        var fields = Mapped(Some.Item() with { SoDescription = "Fits\nA & B" });
        Assert.Equal(
            ("FLT-16", "Air Filter", 18.25m, 9.5m, "Each"),
            (fields.ProductId, fields.Name, fields.Price, fields.PurchasePrice, fields.Uom)
        );
        Assert.Equal("Fits<br>A &amp; B", fields.Description);
        Assert.True(fields.IsAvailable);
        Assert.Null(fields.Type);
        Assert.Equal("Sage Item ID", Assert.Single(Made(Some.Item()).MetaData).Label);
    }

    [Theory]
    [InlineData("Inventory", "PRODUCT")]
    [InlineData("Kit", "PRODUCT")]
    [InlineData("Stockable Kit", "PRODUCT")]
    [InlineData("Non-Inventory", "SERVICE")]
    [InlineData("Non-Inventory (Sales only)", "SERVICE")]
    [InlineData("Non-Inventory (Purchase only)", "PARTS")]
    [InlineData(null, "PRODUCT")]
    public void The_kind_of_item_gives_the_kind_of_product(string? itemType, string type) =>
        Assert.Equal(type, Made(Some.Item() with { ItemType = itemType }).Type);

    [Theory]
    [InlineData("Services", 21)]
    [InlineData(" Services ", 21)]
    [InlineData("SERVICES", 21)]
    [InlineData("Parts", 20)]
    [InlineData(null, 20)]
    public void The_category_is_that_of_the_product_line_or_else_the_default(string? line, int category) =>
        Assert.Equal(Some.Uid(category), Made(Some.Item() with { ProductLineId = line }).CategoryUid);

    [Fact]
    public void Without_a_category_the_product_line_is_named()
    {
        var rejected = Assert.IsType<Mapped<ZuperProductFields>.Rejected>(
            ProductMapper.ForCreate(Some.Item(), Some.Settings())
        );
        Assert.Equal("product-category-missing", rejected.Problem.Code);
        Assert.Contains("'Parts'", rejected.Problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void An_item_without_a_name_is_called_by_its_id_and_one_without_a_price_keeps_what_Zuper_has()
    {
        var fields = Mapped(Some.Item() with { Name = null, BasePrice = null });
        Assert.Equal("FLT-16", fields.Name);
        Assert.Null(fields.Price);
    }

    [Fact]
    public void What_people_keep_in_Zuper_is_not_overwritten_by_what_Intacct_does_not_say()
    {
        var fields = Mapped(
            Some.Item() with
            {
                SoDescription = null,
                ExtendedDescription = " ",
                Unit = "",
                StandardCost = null,
            }
        );
        Assert.Equal(
            (null, null, null, null, null),
            (fields.Description, fields.Uom, fields.PurchasePrice, fields.Type, fields.CategoryUid)
        );
        Assert.Equal(Some.Uid(21), Mapped(Some.Item() with { ProductLineId = "Services" }).CategoryUid);
    }

    [Fact]
    public void Another_default_category_changes_no_product_that_is_made() =>
        Assert.Equal(
            ProductMapper.Map(Some.Item(), Settings).Hash,
            ProductMapper.Map(Some.Item(), Settings with { DefaultProductCategoryUid = Some.Uid(30) }).Hash
        );

    private static ZuperProductFields Mapped(ItemRecord item) => ProductMapper.Map(item, Settings).Value;

    private static ZuperProductFields Made(ItemRecord item) =>
        Assert.IsType<Mapped<ZuperProductFields>.Document>(ProductMapper.ForCreate(item, Settings)).Value;
}
