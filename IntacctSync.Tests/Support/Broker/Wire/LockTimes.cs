namespace IntacctSync.Tests.Support.Broker.Wire;

/// <summary>
/// The queue goes by the test's clock and the client by the machine's, so an end of a lock is told as what is left of
/// it, and an hour more: that clock ends it, however slow the machine is.
/// </summary>
internal static class LockTimes
{
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    public static DateTimeOffset OnTheWire(StrictBroker queue, DateTimeOffset until) =>
        queue.Time == TimeProvider.System
            ? until
            : TimeProvider.System.GetUtcNow() + (until - queue.Time.GetUtcNow()) + Slack;
}
