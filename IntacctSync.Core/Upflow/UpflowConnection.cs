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

    /// <summary>
    /// Documents dated before it are left alone: what is set, or else the day in UTC on which the connection was made.
    /// </summary>
    public static DateOnly UpflowStartDate(this Connection connection) =>
        connection.Settings.StartDate ?? DateOnly.FromDateTime(connection.CreatedAt.UtcDateTime);
}
