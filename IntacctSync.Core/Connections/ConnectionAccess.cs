using IntacctSync.Core.Intacct;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Core.Connections;

/// <summary>With what a connection's two systems are called. Neither part shows its secrets as text.</summary>
public sealed record ConnectionAccess(IntacctCredentials Intacct, ZuperAccount Zuper);
