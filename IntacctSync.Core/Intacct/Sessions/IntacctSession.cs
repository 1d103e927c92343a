namespace IntacctSync.Core.Intacct.Sessions;

/// <summary>A session that Intacct opened.</summary>
/// <param name="Endpoint">Where its requests go; the session is worth nothing elsewhere.</param>
internal sealed record IntacctSession(string Id, Uri Endpoint)
{
    /// <summary>The session's id never shows.</summary>
    public override string ToString() => $"session at {Endpoint.Host}";
}
