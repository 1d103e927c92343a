using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Tests.Web.Console;

/// <summary>The console over real stores, looked at by a visitor without a window; the queue only records.</summary>
public abstract class ConsoleTest : ApiTest
{
    protected const string Home = "/console/connections/acme";
    protected static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly List<Visitor> _visitors = [];

    private protected Visitor Visit()
    {
        var visitor = new Visitor(Address);
        _visitors.Add(visitor);
        return visitor;
    }

    /// <summary>A record that needs a person.</summary>
    protected Task NeedAsync(string sourceId, string title, string code = "no-name", FlowName? flow = null) =>
        RememberAsync(sourceId, e => (e with { Title = title }).Need(At, FailedRecord(code)), flow);

    protected Task<KeyMapEntry?> EntryAsync(string sourceId, FlowName flow) =>
        Get<KeyMapStore>().GetAsync(new SyncKey(ConnectionId.Parse("acme"), flow, sourceId), CancellationToken.None);
}
