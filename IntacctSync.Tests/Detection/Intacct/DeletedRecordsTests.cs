using IntacctSync.Core.Detection.Intacct;
using IntacctSync.Core.Domain;

namespace IntacctSync.Tests.Detection.Intacct;

public class DeletedRecordsTests
{
    private static readonly DateTimeOffset From = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "03/02/2026 12:00:00", "03/02/2026 13:00:00")]
    [InlineData(-5, "03/02/2026 07:00:00", "03/02/2026 13:00:00")]
    [InlineData(9, "03/02/2026 12:00:00", "03/02/2026 22:00:00")]
    public void A_window_is_asked_for_whether_the_history_is_in_the_users_time_or_in_gmt(
        int offset,
        string after,
        string until
    )
    {
        var query = DeletedRecords.QueryOf(
            [new IntacctFeed("ARPYMT", ["RECORDNO"], "RECORDNO", "AUWHENCREATED")],
            From,
            From.AddHours(1),
            TimeSpan.FromHours(offset)
        );

        var sent = query.Page(new ControlId("is-0001"), query.Filter, ["ACCESSTIME"]).Xml;
        Assert.Equal(after, query.Order.After);
        Assert.Contains($"<value>{until}</value>", sent, StringComparison.Ordinal);
    }
}
