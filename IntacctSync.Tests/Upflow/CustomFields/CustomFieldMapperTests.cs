using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Upflow.CustomFields;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Tests.Upflow.CustomFields;

public sealed class CustomFieldMapperTests
{
    [Theory]
    [InlineData("TEXT", " South ", "South")]
    [InlineData("TEXT", "A#~#B", "A, B")]
    [InlineData("NUMBER", "12.50", "12.50")]
    [InlineData("DATE", "02/03/2026", "2026-02-03")]
    [InlineData("BOOLEAN", "T", "true")]
    [InlineData("BOOLEAN", "false", "false")]
    [InlineData("NUMBER", "", "")]
    [InlineData(null, "anything", "anything")]
    public void A_value_goes_in_the_type_that_Upflow_has_the_field_in(string? type, string value, string sent) =>
        Assert.Equal(
            [new UpflowFieldValue("f1", sent)],
            Assert.IsType<Mapped<IReadOnlyList<UpflowFieldValue>>.Document>(Map(type, value)).Value
        );

    [Theory]
    [InlineData("NUMBER", "many")]
    [InlineData("DATE", "soon")]
    [InlineData("BOOLEAN", "maybe")]
    public void A_value_of_another_type_is_refused_by_the_fields_name(string type, string value)
    {
        var problem = Assert.IsType<Mapped<IReadOnlyList<UpflowFieldValue>>.Rejected>(Map(type, value)).Problem;
        Assert.Equal("upflow-custom-field-type", problem.Code);
        Assert.Contains("REGION", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_that_one_side_lacks_is_refused_by_its_name()
    {
        Assert.Equal(
            "upflow-custom-field-source",
            Assert.IsType<Mapped<IReadOnlyList<UpflowFieldValue>>.Rejected>(Map("TEXT", null)).Problem.Code
        );
        Assert.Equal(
            "upflow-custom-field-target",
            Assert
                .IsType<Mapped<IReadOnlyList<UpflowFieldValue>>.Rejected>(Map("TEXT", "South", name: "Area"))
                .Problem.Code
        );
    }

    private static Mapped<IReadOnlyList<UpflowFieldValue>> Map(string? type, string? value, string name = "region") =>
        CustomFieldMapper.Map(
            CustomFieldKind.Customer,
            new CustomFieldMaps
            {
                Customers = new Dictionary<string, string>(StringComparer.Ordinal) { ["REGION"] = "Region" },
            },
            new IntacctRecord("CUSTOMER", value is null ? [] : [new IntacctField("REGION", value)]),
            [new UpflowFieldDefinition("f1", name, "CUSTOMER", type)]
        );
}
