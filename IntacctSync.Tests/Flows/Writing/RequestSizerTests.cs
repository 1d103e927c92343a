using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows.Writing;

namespace IntacctSync.Tests.Flows.Writing;

public sealed class RequestSizerTests
{
    private static readonly CompanyId Company = new("harbor");

    [Theory]
    [InlineData(10, 10, 4.9, 20)]
    [InlineData(80, 80, 1, 100)]
    [InlineData(100, 100, 1, 100)]
    [InlineData(10, 9, 1, 10)]
    [InlineData(10, 10, 5, 10)]
    [InlineData(10, 10, 10, 10)]
    [InlineData(10, 10, 10.1, 5)]
    [InlineData(100, 20, 11, 10)]
    [InlineData(1, 1, 60, 1)]
    public void The_size_follows_how_long_the_last_request_took(
        int size,
        int functions,
        double seconds,
        int expected
    ) => Assert.Equal(expected, RequestSizer.Next(size, functions, TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_request_without_an_answer_halves_the_size_down_to_one()
    {
        var sizer = new RequestSizer();
        var sizes = new List<int> { sizer.SizeFor(Company) };
        for (var i = 0; i < 4; i++)
        {
            sizer.NotAnswered(Company);
            sizes.Add(sizer.SizeFor(Company));
        }

        Assert.Equal([10, 5, 2, 1, 1], sizes);
    }

    [Fact]
    public void Each_company_has_its_own_size_in_whatever_case_it_is_written()
    {
        var sizer = new RequestSizer();
        sizer.Answered(new CompanyId("HARBOR"), 10, TimeSpan.FromSeconds(1));
        Assert.Equal((20, 10), (sizer.SizeFor(Company), sizer.SizeFor(new CompanyId("other"))));
    }

    [Theory]
    [InlineData("1 1 1", "1 1 1")]
    [InlineData("4 4 4", "4 4|4")]
    [InlineData("9 30 1 9", "9|30|1 9")]
    [InlineData("30", "30")]
    [InlineData("5 5 1", "5 5|1")]
    [InlineData("", "")]
    public void The_functions_of_one_request_are_together_no_longer_than_ten_unless_one_alone_is(
        string functions,
        string expected
    )
    {
        var requests = RequestSizer.Requests(
            functions.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            function => int.Parse(function, CultureInfo.InvariantCulture),
            most: 10
        );
        Assert.Equal(expected, string.Join('|', requests.Select(request => string.Join(' ', request))));
    }
}
