using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Secrets;

/// <summary>Names a secret: the connection and the field of its document.</summary>
public sealed record SecretName(ConnectionId Connection, string Field);
