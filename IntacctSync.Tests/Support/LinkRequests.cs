using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;

namespace IntacctSync.Tests;

/// <summary>Links by hand where nobody has looked at either side.</summary>
internal static class LinkRequests
{
    public static Task<LinkOutcome> LinkAsync(
        this PersonRequests requests,
        Connection connection,
        FlowName flow,
        string sourceId,
        string targetId,
        CancellationToken cancellationToken
    ) => requests.LinkAsync(connection, flow, sourceId, targetId, isOut: null, cancellationToken);
}
