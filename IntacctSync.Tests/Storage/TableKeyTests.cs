using IntacctSync.Core.Storage;

namespace IntacctSync.Tests.Storage;

public sealed class TableKeyTests
{
    [Fact]
    public void Parts_are_joined_by_a_bar_that_no_part_can_hold() =>
        Assert.Equal(
            ["a|b", "a~007Cb", "|a", "a|", "a"],
            [
                TableKey.Join("a", "b"),
                TableKey.Join("a|b"),
                TableKey.Join("", "a"),
                TableKey.Join("a", ""),
                TableKey.Join("a"),
            ]
        );

    [Fact]
    public void Two_long_texts_stay_two_keys()
    {
        var text = new string('x', 300);
        Assert.NotEqual(TableKey.Escape(text + "1"), TableKey.Escape(text + "2"));
        Assert.Equal(200, TableKey.Escape(text).Length);
    }
}
