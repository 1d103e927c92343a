using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow;

namespace IntacctSync.Tests.Upflow;

public sealed class UpflowConnectionTests
{
    /// <summary>In New York it is the evening of the 29th when it is the 30th by UTC.</summary>
    [Theory]
    [InlineData("2026-11-30T01:00:00Z", 29)]
    [InlineData("2026-11-30T11:59:00Z", 29)]
    [InlineData("2026-11-30T15:00:00Z", 30)]
    public void Invoices_of_the_evening_on_which_the_connection_was_made_are_not_left_out(string madeAt, int day)
    {
        Assert.Equal(new DateOnly(2026, 11, day), Made(madeAt).FirstDay());
        Assert.Equal(new DateOnly(2026, 12, 1), Made(madeAt, new DateOnly(2026, 12, 1)).FirstDay());
    }

    [Fact]
    public void What_was_taken_in_Upflow_before_the_day_in_UTC_is_from_before_the_connection() =>
        Assert.Equal(new DateOnly(2026, 11, 30), Made("2026-11-30T01:00:00Z").UpflowStartDate());

    private static Connection Made(string at, DateOnly? startDate = null) =>
        new()
        {
            Id = ConnectionId.Parse("acme"),
            Settings = new UpflowConnectionSettings { StartDate = startDate },
            CreatedAt = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture),
        };
}
