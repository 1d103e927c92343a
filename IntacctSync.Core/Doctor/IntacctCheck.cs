using IntacctSync.Core.Connections;

namespace IntacctSync.Core.Doctor;

/// <summary>A check that asks Intacct for something, once signed in.</summary>
/// <param name="Name">One of <see cref="CheckNames"/>.</param>
/// <param name="Concerns">Whether a connection with these settings needs it.</param>
/// <param name="Make">Gives what was found, or throws.</param>
internal sealed record IntacctCheck(
    string Name, Func<ConnectionSettings, bool> Concerns, Func<IntacctLook, CancellationToken, Task<Finding>> Make);
