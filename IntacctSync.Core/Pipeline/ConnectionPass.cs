using IntacctSync.Core.Connections;
using IntacctSync.Core.Recoverability;

namespace IntacctSync.Core.Pipeline;

/// <summary>Whether a connection's envelopes may be worked off: with what access, or else what becomes of them.</summary>
public sealed record ConnectionPass(Connection? Connection, ConnectionAccess? Access, Disposition? Refusal);
