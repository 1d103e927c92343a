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
        connection.Settings.StartDate ?? connection.Zuper().DayOf(connection.CreatedAt);

    /// <summary>The calendar day of a moment in the account's time zone.</summary>
    public static DateOnly DayOf(this ZuperConnectionSettings settings, DateTimeOffset moment) =>
        DateOnly.FromDateTime(
            TimeZoneInfo.ConvertTime(moment, TimeZoneInfo.FindSystemTimeZoneById(settings.Zuper.TimeZone)).DateTime
        );
}
