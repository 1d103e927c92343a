namespace IntacctSync.Tests.Support.Broker.Wire;

/// <summary>
/// The queue goes by the test's clock and the client by the machine's, so an end of a lock is told as what is left of
/// it.
/// </summary>
internal static class LockTimes
{
    public static DateTimeOffset OnTheWire(StrictBroker queue, DateTimeOffset until) =>
        TimeProvider.System.GetUtcNow() + (until - queue.Time.GetUtcNow());
}
