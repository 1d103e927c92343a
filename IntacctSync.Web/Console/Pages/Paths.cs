using System.Globalization;
using IntacctSync.Core.Domain;

namespace IntacctSync.Web.Console.Pages;

/// <summary>Addresses of the console's pages, as paths of this host.</summary>
internal static class Paths
{
    public const string Home = "/console";

    /// <summary>Where a page of a long list begins, as its address says; 0 where it says no number.</summary>
    public static int Place(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : 0;

    public static string Of(ConnectionId connection) => $"{Home}/connections/{connection.Value}";

    public static string OfRun(ConnectionId connection, string runId) =>
        $"{Of(connection)}/runs/{Uri.EscapeDataString(runId)}";

    public static string Of(ConnectionId connection, FlowName flow, string sourceId) =>
        $"{Of(connection)}/records/{flow.Value}/{Uri.EscapeDataString(sourceId)}";
}
