using System.Collections.Concurrent;
using Amqp;
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

    /// <summary>What is not answered yet; whoever takes it out of here answers it.</summary>
    private readonly ConcurrentDictionary<ListenerLink, AttachContext> _waiting = [];

    private TaskCompletionSource _changed = NewSignal();

    public int Sends => Volatile.Read(ref _sends);

    public int Sessions => _open.Values.Count(hold => hold is not null);

    /// <summary>Ends when so many attaches wait for a session.</summary>
    public Task UntilWaitingAsync(int attaches, CancellationToken cancellationToken) =>
        UntilAsync(() => _waiting.Count == attaches, cancellationToken);

    /// <summary>Ends when so many links are attached to sessions.</summary>
    public Task UntilSessionsAsync(int links, CancellationToken cancellationToken) =>
        UntilAsync(() => Sessions == links, cancellationToken);

    /// <returns>The session as the link of this name has it; null where it has none.</returns>
    public SessionHold? HoldOf(string session, string? link) =>
        _open
            .Where(l => l.Value?.SessionId == session && (link is null || l.Key.Name == link))
            .Select(l => l.Value)
            .FirstOrDefault();

    /// <summary>
    /// Whoever waits for a session detaches. The library takes a detach of a link whose attach was not answered for an
    /// error of the connection, and closes that with all its links; so it is answered before.
    /// </summary>
    public void GiveUp(Link link)
    {
        if (link is ListenerLink waiting && Leave(waiting) is { } context)
            context.Complete(BrokerErrors.NoSession());
    }

    public void Close(Error? error)
    {
        foreach (var link in _open.Keys)
            link.Close(TimeSpan.Zero, error);
    }

    public void Process(AttachContext attachContext)
    {
        if (faults.IgnoresLink())
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
        _waiting[context.Link] = context;
        TellOfChange();
        SessionHold? hold = null;
        try
        {
            var wanted = Wanted(context);
            hold =
                wanted is { Length: 0 } ? null
                : wanted is null ? await NextSessionAsync(context.Link)
                : queue.AcceptSession(wanted);
            if (Leave(context.Link) is null)
                GiveBack(hold);
            else if (hold is not null)
                AttachSession(context, hold);
            else
                context.Complete(
                    wanted switch
                    {
                        null => BrokerErrors.NoSession(),
                        "" => BrokerErrors.WithoutSession(),
                        _ => BrokerErrors.SessionHeld(wanted),
                    }
                );
        }
        catch (Exception e)
        {
            GiveBack(hold);
            if (Leave(context.Link) is not null)
                context.Complete(new Error(Amqp.ErrorCode.InternalError) { Description = e.ToString() });
        }
    }

    /// <returns>What is to be answered; null where it was answered already.</returns>
    private AttachContext? Leave(ListenerLink link)
    {
        if (!_waiting.TryRemove(link, out var context))
            return null;
        TellOfChange();
        return context;
    }

    private void TellOfChange() => Interlocked.Exchange(ref _changed, NewSignal()).SetResult();

    private async Task UntilAsync(Func<bool> holds, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (holds())
                return;
            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <returns>The session that is asked for; null for the next one, empty where none is asked for.</returns>
    private static string? Wanted(AttachContext context) =>
        ((Source)context.Attach.Source).FilterSet is { } filters && filters.ContainsKey(SessionFilter)
            ? filters[SessionFilter] as string
            : "";

    private void AttachSession(AttachContext context, SessionHold hold)
    {
        ((Source)context.Attach.Source).FilterSet[SessionFilter] = hold.SessionId;
        context.Attach.Properties ??= new Fields();
        context.Attach.Properties[LockedUntil] = LockTimes.OnTheWire(queue, queue.LockedUntil(hold)).UtcTicks;
        Attach(context, new SessionSource(queue, hold, context.Link, faults), hold);
    }

    private void GiveBack(SessionHold? hold)
    {
        try
        {
            if (hold is not null)
                queue.Close(hold);
        }
        catch (LockLostException)
        {
            // It was lost before.
        }
    }

    private async Task<SessionHold?> NextSessionAsync(ListenerLink link)
    {
        var until = TimeProvider.System.GetUtcNow() + faults.SessionWait;
        while (!link.IsClosed && _waiting.ContainsKey(link))
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
        link.AddClosedCallback(
            (_, _) =>
            {
                _open.TryRemove(link, out var _);
                TellOfChange();
            }
        );
        context.Complete(endpoint, credit);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
