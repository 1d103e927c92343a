using IntacctSync.Core.Connections;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Core.Doctor;

/// <summary>A check that asks Zuper for something, once its key is accepted.</summary>
/// <param name="Name">One of <see cref="CheckNames"/>.</param>
/// <param name="Concerns">Whether a connection with these settings needs it.</param>
/// <param name="Make">Gives what was found, or throws.</param>
internal sealed record ZuperCheck(
    string Name, Func<ConnectionSettings, bool> Concerns, Func<Connection, ZuperAccount, ZuperClient, CancellationToken, Task<Finding>> Make);
