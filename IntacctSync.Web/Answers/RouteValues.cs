using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IntacctSync.Web.Answers;

/// <summary>Reads the connection, flow and record that an address names.</summary>
internal static class RouteValues
{
    private const string ConnectionsSegment = "connections";
    private const string RecordsSegment = "records";

    /// <exception cref="RefusedException">404: there is no such connection.</exception>
    public static async Task<Connection> FindAsync(
        this ConnectionStore connections,
        string id,
        CancellationToken cancellationToken
    ) =>
        (ConnectionId.TryParse(id, out var parsed) ? await connections.GetAsync(parsed, cancellationToken) : null)
        ?? throw NoConnection(id);

    public static RefusedException NoConnection(string id) =>
        RefusedException.NotFound($"There is no connection '{Shown(id)}'.");

    /// <param name="connection">Whose flow.</param>
    /// <param name="text">What was given for it.</param>
    /// <param name="field">The member of the query or the body that it was given as; null: it stands in the
    /// address.</param>
    /// <exception cref="RefusedException">404 for an address, 400 for a query or a body: it names no flow of the
    /// connection.</exception>
    public static FlowName Flow(Connection connection, string text, string? field = null)
    {
        var flows = connection.Settings.Profile.Flows.Select(f => f.Name).ToList();
        if (FlowName.TryParse(text, out var flow) && flows.Contains(flow))
            return flow;
        var detail = $"'{Shown(text)}' is not a flow: use one of {string.Join(", ", flows)}.";
        throw field is null ? RefusedException.NotFound(detail) : RefusedException.Invalid(field, detail);
    }

    /// <summary>
    /// The record's id, decoded. Servers leave an encoded slash in a path as it is, so it is read from the address as
    /// it came.
    /// </summary>
    public static string SourceId(HttpContext http, string routed)
    {
        var path = (http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "").Split('?')[0].Split('/');
        for (var at = 0; at + 4 < path.Length; at++)
        {
            // Both words are compared, since a connection may itself be named like one of them.
            if (path[at] == ConnectionsSegment && path[at + 2] == RecordsSegment)
                return Uri.UnescapeDataString(path[at + 4]);
        }

        return routed;
    }

    private static string Shown(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
