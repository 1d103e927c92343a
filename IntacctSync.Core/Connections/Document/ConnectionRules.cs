using IntacctSync.Core.Remote;

namespace IntacctSync.Core.Connections.Document;

/// <summary>What a document may name.</summary>
/// <param name="Apps">The apps that a connection can be to.</param>
/// <param name="Hosts">The hosts that calls to apps may go to.</param>
public sealed record ConnectionRules(AppProfiles Apps, HostAllowList Hosts);
