using IntacctSync.Core.Upflow.Standings;

namespace IntacctSync.Tests.Upflow.Standings;

public sealed class StandingTests
{
    [Fact]
    public void What_stands_is_read_as_it_was_written()
    {
        var standing = Standing.None.WithDocument("M", "ABC").WithLink("M_5150", 10000).DoubtingLink("M_5151", 5);
        var read = Standing.Of(standing.ToString());
        Assert.Equal("M=ABC|M_5150=10000;M_5151=5?", standing.ToString());
        Assert.Equal(standing.ToString(), read.ToString());
        Assert.True(read.Has("M", "ABC"));
        Assert.True(read.IsLinked("M_5150", 10000));
        Assert.False(read.IsLinked("M_5151", 5));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Nothing_stands_where_nothing_is_written(string? text)
    {
        Assert.True(Standing.Of(text).IsEmpty);
        Assert.Equal("", Standing.Of(text).ToString());
    }

    [Fact]
    public void A_link_in_doubt_may_have_the_larger_of_its_two_amounts()
    {
        Assert.Equal(100, Standing.None.WithLink("M_1", 100).DoubtingLink("M_1", 60).MostOf("M_1"));
        Assert.Equal(100, Standing.None.WithLink("M_1", 60).DoubtingLink("M_1", 100).MostOf("M_1"));
        Assert.Null(Standing.None.MostOf("M_1"));
    }

    [Fact]
    public void A_document_in_doubt_equals_none()
    {
        var standing = Standing.None.WithDocument("M", "ABC").DoubtingDocument("M");
        Assert.False(standing.Has("M", "ABC"));
        Assert.Equal(["M"], standing.Documents);
    }

    [Fact]
    public void A_thousand_links_fit_into_a_property_of_the_store()
    {
        var standing = Standing.None.WithDocument("M", "ABCDEFGHJKMN");
        for (var i = 0; i < 1000; i++)
            standing = standing.WithLink(StandingKey.Applied($"{1234567 + i}"), 123456789);
        Assert.True(standing.ToString().Length < 32 * 1024, $"{standing.ToString().Length}");
    }
}
