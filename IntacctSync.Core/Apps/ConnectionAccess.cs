using IntacctSync.Core.Intacct;

namespace IntacctSync.Core.Apps;

/// <summary>What is needed to call a connection's two systems. Neither part shows its secrets as text.</summary>
public sealed record ConnectionAccess(IntacctCredentials Intacct, AppAccount App);

/// <summary>What is needed to call an app: where the account is, and the key to it.</summary>
public abstract record AppAccount;
