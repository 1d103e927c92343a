using IntacctSync.Local.Queue;
using IntacctSync.Tests.Contracts;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Local.Queue;

public sealed class SqliteEnvelopeQueueHoldsTheContract : LocalQueueContract
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<SqliteEnvelopeQueue> _opened = [];

    public override async Task DisposeAsync()
    {
        foreach (var queue in _opened)
            await queue.DisposeAsync();
        _folder.Dispose();
    }

    protected override ISessionQueue Open()
    {
        var queue = new SqliteEnvelopeQueue(_folder.File("queue.db"), Clock);
        _opened.Add(queue);
        return new LocalSessionQueue(queue);
    }
}
