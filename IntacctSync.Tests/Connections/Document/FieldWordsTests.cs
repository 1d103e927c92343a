using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Tests.Connections.Document;

public sealed class FieldWordsTests
{
    [Theory]
    [InlineData(
        "Set defaultProductCategoryUid to one of: Labor (c9d20f3e-6a10-4b7c-93a4-2d5e8f7a1003), Parts.",
        "Set 'Default Product Category UID in Zuper' to one of: Labor, Parts."
    )]
    [InlineData("Correct invoice.glAccountNo.", "Correct 'Revenue account'.")]
    [InlineData("Take no product without a mode or a header x-hook-secret.", null)]
    [InlineData("Ask api.example.com about someThing.", null)]
    public void The_settings_are_called_as_the_form_calls_them(string text, string? told) =>
        Assert.Equal(told ?? text, FieldWords.Labelled(text, ZuperForm.Form));
}
