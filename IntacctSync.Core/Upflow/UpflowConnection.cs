using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Upflow.Client;

namespace IntacctSync.Core.Upflow;

/// <summary>What is Upflow's of a connection that is known to be one to Upflow.</summary>
internal static class UpflowConnection
{
    public static UpflowConnectionSettings Upflow(this ConnectionSettings settings) =>
        (UpflowConnectionSettings)settings;

    public static UpflowConnectionSettings Upflow(this Connection connection) => connection.Settings.Upflow();

    public static UpflowAccount Upflow(this ConnectionAccess access) => (UpflowAccount)access.App;

    /// <summary>How far the calendars of the earth are behind UTC at most.</summary>
    private static readonly TimeSpan BehindUtc = TimeSpan.FromHours(12);

    /// <summary>
    /// What is set, or else the day in UTC on which the connection was made. What was taken in Upflow before it is
    /// presumably entered in Intacct; what is dated before it and was never carried is not missed by a comparison.
    /// </summary>
    public static DateOnly UpflowStartDate(this Connection connection) =>
        connection.Settings.StartDate ?? DateOnly.FromDateTime(connection.CreatedAt.UtcDateTime);

    /// <summary>
    /// Documents and payments of Intacct dated before it are left alone: what is set, or else the earliest day that it
    /// was anywhere when the connection was made. Where its people are is not known, and an invoice that they date on
    /// the evening before by UTC is one of that day to them.
    /// </summary>
    public static DateOnly FirstDay(this Connection connection) =>
        connection.Settings.StartDate ?? DateOnly.FromDateTime((connection.CreatedAt - BehindUtc).UtcDateTime);
}
