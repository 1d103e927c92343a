using System.Runtime.InteropServices;

namespace IntacctSync.Local;

/// <summary>
/// The first Ctrl+C asks for a graceful stop, which may take as long as a request does, or as what a verb takes back;
/// the second ends the process at once.
/// </summary>
internal sealed class SecondSignal : IDisposable
{
    /// <summary>128 + SIGINT, as shells report it.</summary>
    private const int Interrupted = 130;

    private readonly PosixSignalRegistration _registration;
    private int _count;

    private SecondSignal() => _registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);

    public static SecondSignal Watch() => new();

    public void Dispose() => _registration.Dispose();

    private void OnSignal(PosixSignalContext context)
    {
        if (Interlocked.Increment(ref _count) > 1)
            Environment.Exit(Interrupted);
    }
}
