using IntacctSync.Core.Intacct;

namespace IntacctSync.Core.Apps;

/// <summary>With what a connection's two systems are called. Neither part shows its secrets as text.</summary>
public sealed record ConnectionAccess(IntacctCredentials Intacct, AppAccount App);

/// <summary>With what an app is called: where the account is, and the key to it.</summary>
public abstract record AppAccount;
