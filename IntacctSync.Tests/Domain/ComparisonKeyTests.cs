using IntacctSync.Core.Domain;

namespace IntacctSync.Tests.Domain;

public sealed class ComparisonKeyTests
{
    [Theory]
    [InlineData("Birch  Motors")]
    [InlineData("Birch\u00a0Motors")]
    [InlineData(" \u2003birch \u00a0 MOTORS\t")]
    [InlineData("Birch\u200b Motors")]
    [InlineData("\uff22irch Motors")]
    public void Blanks_case_and_unicode_form_do_not_count(string text) =>
        Assert.True(ComparisonKey.AreEqual("Birch Motors", text));

    [Theory]
    [InlineData("Caf\u00e9 Noir", "CAFE\u0301 NOIR")]
    [InlineData("\ufb01nch", "Finch")]
    [InlineData("A\u0323\u0301", "A\u0301\u0323")]
    [InlineData("\ud55c\uad6d", "\u1112\u1161\u11ab\u1100\u116e\u11a8")]
    [InlineData("\u0130zmir", "I\u0307ZMIR")]
    [InlineData("", null)]
    [InlineData("\u00a0", "")]
    [InlineData("\ud800", "\ud800")]
    public void Both_sides_are_made_the_same(string one, string? other) =>
        Assert.True(ComparisonKey.AreEqual(one, other));

    [Theory]
    [InlineData("BirchMotors")]
    [InlineData("Birch Motor")]
    [InlineData("Birch-Motors")]
    public void Another_name_stays_another(string text) => Assert.False(ComparisonKey.AreEqual("Birch Motors", text));
}
