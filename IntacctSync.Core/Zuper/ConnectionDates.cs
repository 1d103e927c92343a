using IntacctSync.Core.Connections;

namespace IntacctSync.Core.Zuper;

/// <summary>The calendar of a connection's account.</summary>
public static class ConnectionDates
{
    /// <summary>
    /// Transactions dated before it are left alone: what is set, or else the day on which the connection was made, as
    /// the account's people saw it.
    /// </summary>
    public static DateOnly StartDate(this Connection connection) =>
        connection.Settings.StartDate
        ?? DateOnly.FromDateTime(
            TimeZoneInfo
                .ConvertTime(
                    connection.CreatedAt,
                    TimeZoneInfo.FindSystemTimeZoneById(connection.Zuper().Zuper.TimeZone)
                )
                .DateTime
        );
}
