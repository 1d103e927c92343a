using IntacctSync.Core.Connections;

namespace IntacctSync.Tests.Connections;

public sealed class PlainWordsTests
{
    [Theory]
    [InlineData("dueDate", "due date")]
    [InlineData("EMAIL1", "e-mail address")]
    [InlineData("CITY", "city")]
    public void A_field_is_called_as_people_call_it(string name, string told) =>
        Assert.Equal(told, PlainWords.Field(name));

    [Theory]
    [InlineData(true, "custom_fields", "the change of custom fields")]
    [InlineData(false, "invoice/{uid}", "the reading of invoice")]
    public void A_call_is_told_without_its_route(bool writes, string route, string told) =>
        Assert.Equal(told, PlainWords.Call(writes, route));

    [Theory]
    [InlineData("ARPYMT", "payments")]
    [InlineData("CUSTOMER", "customers")]
    public void An_object_is_called_by_its_records(string name, string told) =>
        Assert.Equal(told, PlainWords.Object(name));
}
