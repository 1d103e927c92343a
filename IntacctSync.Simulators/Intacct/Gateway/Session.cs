using IntacctSync.Simulators.Intacct.Settings;

namespace IntacctSync.Simulators.Intacct.Gateway;

/// <summary>Who is signed in: a session's owner, or the login of a single request.</summary>
/// <param name="Id">Empty for a login.</param>
/// <param name="Company">The company.</param>
/// <param name="User">The user.</param>
/// <param name="Entity">Entity signed in to; empty = top level.</param>
/// <param name="Endpoint">The address that the session was asked for at, and is good for.</param>
internal sealed record Session(string Id, IntacctCompany Company, SimulatedUser User, string Entity, string Endpoint);
