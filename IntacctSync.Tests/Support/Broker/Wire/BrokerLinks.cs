using System.Collections.Concurrent;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Types;

namespace IntacctSync.Tests.Support.Broker.Wire;

/// <summary>Attaches links: to send to the queue, to receive a session of it, to receive its dead letters.</summary>
internal sealed class BrokerLinks(StrictBroker queue, BrokerFaults faults) : ILinkProcessor
{
    private const string DeadLetters = LoopbackBroker.QueueName + "/$DeadLetterQueue";

    private static readonly Symbol SessionFilter = "com.microsoft:session-filter";

    private static readonly Symbol LockedUntil = "com.microsoft:locked-until-utc";

    /// <summary>How often a waiting attach looks whether its link is still there.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private int _sends;

    private readonly ConcurrentDictionary<ListenerLink, SessionHold?> _open = [];

    public int Sends => Volatile.Read(ref _sends);

    public int Sessions => _open.Values.Count(hold => hold is not null);

    /// <returns>The session that a link has; null where it has none.</returns>
    public SessionHold? HoldOf(string session) => _open.Values.FirstOrDefault(hold => hold?.SessionId == session);

    public void Close(Error? error)
    {
        foreach (var link in _open.Keys)
            link.Close(TimeSpan.Zero, error);
    }

    public void Process(AttachContext attachContext)
    {
        if (faults.Silent)
            return;
        var attach = attachContext.Attach;
        var address = (
            (attach.Role ? (attach.Source as Source)?.Address : (attach.Target as Target)?.Address) ?? ""
        ).TrimStart('/');
        if (!attach.Role && Same(address, LoopbackBroker.QueueName))
            AttachSender(attachContext);
        else if (attach.Role && Same(address, DeadLetters))
            Attach(attachContext, new DeadLetterSource(queue, attachContext.Link, faults), null);
        else if (attach.Role && Same(address, LoopbackBroker.QueueName))
            _ = AttachSessionOrSayWhyNotAsync(attachContext);
        else
            attachContext.Complete(BrokerErrors.NotFound(address));
    }

    private void AttachSender(AttachContext context)
    {
        context.Attach.MaxMessageSize = (ulong)queue.Rules.LargestBytes;
        Attach(context, new SendTarget(queue, faults, () => Interlocked.Increment(ref _sends)), null);
    }

    private async Task AttachSessionOrSayWhyNotAsync(AttachContext context)
    {
        try
        {
            await AttachSessionAsync(context);
        }
        catch (Exception e)
        {
            context.Complete(new Error(Amqp.ErrorCode.InternalError) { Description = e.ToString() });
        }
    }

    private async Task AttachSessionAsync(AttachContext context)
    {
        var source = (Source)context.Attach.Source;
        if (source.FilterSet is null || !source.FilterSet.ContainsKey(SessionFilter))
        {
            context.Complete(BrokerErrors.WithoutSession());
            return;
        }

        var wanted = source.FilterSet[SessionFilter] as string;
        var hold = wanted is null ? await NextSessionAsync(context.Link) : queue.AcceptSession(wanted);
        if (context.Link.IsClosed)
        {
            if (hold is not null)
                queue.Close(hold);
            return;
        }

        if (hold is null)
        {
            context.Complete(wanted is null ? BrokerErrors.NoSession() : BrokerErrors.SessionHeld(wanted));
            return;
        }

        source.FilterSet[SessionFilter] = hold.SessionId;
        context.Attach.Properties ??= new Fields();
        context.Attach.Properties[LockedUntil] = LockTimes.OnTheWire(queue, queue.LockedUntil(hold)).UtcTicks;
        Attach(context, new SessionSource(queue, hold, context.Link, faults), hold);
    }

    private async Task<SessionHold?> NextSessionAsync(ListenerLink link)
    {
        var until = TimeProvider.System.GetUtcNow() + faults.SessionWait;
        while (!link.IsClosed)
        {
            var changed = queue.Changed;
            if (queue.AcceptNextSession(link.Session.Connection) is { } hold)
                return hold;
            var left = until - TimeProvider.System.GetUtcNow();
            if (left <= TimeSpan.Zero)
                return null;
            await changed
                .WaitAsync(left < Look ? left : Look, TimeProvider.System)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return null;
    }

    private void Attach(AttachContext context, LinkEndpoint endpoint, SessionHold? hold)
    {
        const int credit = 1000;
        var link = context.Link;
        _open[link] = hold;
        link.AddClosedCallback((_, _) => _open.TryRemove(link, out var _));
        context.Complete(endpoint, credit);
    }

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
