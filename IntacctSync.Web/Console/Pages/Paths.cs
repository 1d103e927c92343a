using IntacctSync.Core.Domain;

namespace IntacctSync.Web.Console.Pages;

/// <summary>Addresses of the console's pages, as paths of this host.</summary>
internal static class Paths
{
    public const string Home = "/console";

    public static string Of(ConnectionId connection) => $"{Home}/connections/{connection.Value}";

    public static string Of(ConnectionId connection, FlowName flow, string sourceId) =>
        $"{Of(connection)}/records/{flow.Value}/{Uri.EscapeDataString(sourceId)}";
}
