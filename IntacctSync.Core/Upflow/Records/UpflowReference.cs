using System.Text.Json.Nodes;

namespace IntacctSync.Core.Upflow.Records;

/// <summary>Names a record in the body of another.</summary>
/// <param name="TargetId">
/// As a row keeps it: Upflow's own id, or <c>external:</c> and the external id where the answer to the write named
/// none.
/// </param>
public sealed record UpflowReference(string TargetId)
{
    private const string External = "external:";

    /// <summary>A record by the name that it was given.</summary>
    public static UpflowReference OfExternalId(string externalId) => new(External + externalId);

    /// <summary>What a row keeps of a record that was written.</summary>
    public static string TargetIdOf(UpflowRead answer, string externalId) => answer.Id ?? External + externalId;

    /// <summary>The same as a part of a path.</summary>
    internal string InPath =>
        TargetId.StartsWith(External, StringComparison.Ordinal)
            ? UpflowIds.InPath(TargetId[External.Length..])
            : Uri.EscapeDataString(TargetId);

    internal JsonObject Body() => AddTo([]);

    internal JsonObject AddTo(JsonObject body)
    {
        if (TargetId.StartsWith(External, StringComparison.Ordinal))
            body["externalId"] = TargetId[External.Length..];
        else
            body["id"] = TargetId;
        return body;
    }
}
