using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Zuper.Client;

namespace IntacctSync.Core.Zuper;

/// <summary>What is Zuper's of a connection that is known to be one to Zuper.</summary>
internal static class ZuperConnection
{
    public static ZuperConnectionSettings Zuper(this ConnectionSettings settings) => (ZuperConnectionSettings)settings;

    public static ZuperConnectionSettings Zuper(this Connection connection) => connection.Settings.Zuper();

    public static ZuperAccount Zuper(this ConnectionAccess access) => (ZuperAccount)access.App;
}
