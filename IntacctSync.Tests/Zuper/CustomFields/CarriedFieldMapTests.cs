using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Zuper.CustomFields;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.CustomFields;

public sealed class CarriedFieldMapTests
{
    [Theory]
    [InlineData("TEXT", "  South \n West ", "South West")]
    [InlineData("URL", "https://a.example", "https://a.example")]
    [InlineData("INTEGER", "12", "12")]
    [InlineData("INTEGER", "12.0", "12")]
    [InlineData("INTEGER", "-1200", "-1200")]
    [InlineData("DECIMAL", "1234.50", "1234.5")]
    [InlineData("CURRENCY", "0.10", "0.1")]
    [InlineData("PERCENT", "8.25 %", "8.25")]
    [InlineData("DATE", "2026-02-03", "02/03/2026")]
    [InlineData("DATE", "2026-02-03T00:00:00.000Z", "02/03/2026")]
    [InlineData("DATE", "2026-02-03T05:30:00.000Z", "02/02/2026")]
    [InlineData("BOOLEAN", "Yes", "true")]
    [InlineData("BOOLEAN", "false", "false")]
    [InlineData("BOOLEAN", "", "")]
    [InlineData("DATE", " ", "")]
    public void A_value_goes_in_the_type_that_Intacct_has_the_field_in(string type, string value, string sent) =>
        Assert.Equal(sent, Of(Definition(type), value).Values["REGION"]);

    [Theory]
    [InlineData("south", "South")]
    [InlineData("North, SOUTH", "North#~#South")]
    [InlineData("Salt, sand", "Salt, sand")]
    public void A_choice_is_written_as_Intacct_spells_it(string value, string sent) =>
        Assert.Equal(sent, Of(Definition("TEXT", "North", "South", "Salt, sand"), value).Values["REGION"]);

    [Theory]
    [InlineData("INTEGER", "1.5")]
    [InlineData("INTEGER", "many")]
    [InlineData("INTEGER", "1,200")]
    [InlineData("DECIMAL", "1,5")]
    [InlineData("DECIMAL", "1,234")]
    [InlineData("CURRENCY", "1,234.50")]
    [InlineData("PERCENT", "8,25 %")]
    [InlineData("DECIMAL", "12 EUR")]
    [InlineData("DATE", "13/02/2026")]
    [InlineData("DATE", "03/04/2026")]
    [InlineData("DATE", "3/4/2026")]
    [InlineData("DATE", "2026-3-4")]
    [InlineData("DATE", "03/04/2026 10:00")]
    [InlineData("DATE", "soon")]
    [InlineData("DATE", "2026")]
    [InlineData("BOOLEAN", "maybe")]
    public void A_value_of_another_type_is_refused_with_the_field_and_the_value(string type, string value)
    {
        var problem = Of(Definition(type), value).Problem!;
        Assert.Equal("custom-field-type", problem.Code);
        Assert.Contains($"'Area' holds '{value}'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("REGION", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("south", "south")]
    [InlineData("SOUTH", "SOUTH")]
    [InlineData("South", null)]
    public void Of_choices_that_differ_in_case_alone_only_the_very_spelling_is_taken(string value, string? sent)
    {
        var carried = Of(Definition("TEXT", "SOUTH", "south"), value);
        Assert.Equal(sent, carried.Values.GetValueOrDefault("REGION"));
        Assert.Equal(sent is null ? "custom-field-type" : null, carried.Problem?.Code);
    }

    [Fact]
    public void A_value_that_is_no_choice_is_refused_with_those_that_are()
    {
        var problem = Of(Definition("TEXT", "North", "South"), "North, East").Problem!;
        Assert.Equal("custom-field-type", problem.Code);
        Assert.Contains("one of North, South", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_that_Intacct_lacks_or_sets_itself_is_refused_by_its_name()
    {
        foreach (
            var defined in new[]
            {
                Definition("TEXT") with
                {
                    Name = "OTHER",
                },
                Definition("TEXT") with
                {
                    IsReadOnly = true,
                },
            }
        )
        {
            var problem = Of(defined, "South").Problem!;
            Assert.Equal("custom-field-unknown", problem.Code);
            Assert.Contains(
                "customFields.organizations names the field REGION",
                problem.Message,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void A_value_that_can_not_be_read_is_never_taken_for_none()
    {
        var organization = Some.Organization() with
        {
            CustomFields = [new ZuperCustomField("Area", "") { Unreadable = "{}" }],
        };
        Assert.Equal("custom-field-unreadable", Map(Definition("TEXT")).Of(organization).Problem?.Code);
    }

    [Fact]
    public void A_label_is_found_in_any_case_and_a_name_is_written_as_Intacct_has_it() =>
        Assert.Equal(
            ("region", "South"),
            Map(Definition("TEXT") with { Name = "region" })
                .Of(Some.Organization() with { CustomFields = [new ZuperCustomField(" AREA ", "South")] })
                .Values.Select(v => (v.Key, v.Value!))
                .Single()
        );

    [Fact]
    public void A_record_of_which_no_custom_fields_are_known_carries_none()
    {
        var carried = Map(Definition("TEXT")).Of(Some.Organization() with { CustomFieldsKnown = false });
        Assert.Empty(carried.Values);
        Assert.Null(carried.Problem);
    }

    [Fact]
    public void A_line_takes_its_own_field_before_its_products()
    {
        var settings = Some.Settings() with { CustomFields = new() { InvoiceLines = Fields(("Area", "REGION")) } };
        var map = new CarriedFieldMap(CarriedFieldKind.InvoiceLine, settings, [Definition("TEXT")]);
        var line = Some.InvoiceLine("Tune-up", 1, 129) with
        {
            CustomFieldsKnown = true,
            ProductFields = [new ZuperCustomField("Area", "of the product")],
        };
        Assert.Equal("of the product", map.Of(line).Values["REGION"]);
        Assert.Equal(
            "own",
            map.Of(line with { CustomFields = [new ZuperCustomField("Area", "own")] }).Values["REGION"]
        );
    }

    private static Dictionary<string, string> Fields(params (string Label, string Name)[] fields) =>
        fields.ToDictionary(f => f.Label, f => f.Name, StringComparer.Ordinal);

    private static CustomFieldDefinition Definition(string type, params string[] valid) =>
        new("REGION", "Region", type, valid, IsReadOnly: false);

    private static CarriedFieldMap Map(CustomFieldDefinition defined) =>
        new(
            CarriedFieldKind.Organization,
            Some.Settings() with
            {
                CustomFields = new() { Organizations = Fields(("Area", "REGION")) },
            },
            [defined]
        );

    private static CarriedFields Of(CustomFieldDefinition defined, string value) =>
        Map(defined).Of(Some.Organization() with { CustomFields = [new ZuperCustomField("Area", value)] });
}
