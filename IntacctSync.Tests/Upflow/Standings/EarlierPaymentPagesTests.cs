using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Upflow.Standings;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Upflow.Standings;

public sealed class EarlierPaymentPagesTests : IAsyncLifetime
{
    private readonly StoreStand _stand = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    /// <summary>There is no Intacct here, so a question to it would fail.</summary>
    [Fact]
    public async Task Invoices_and_then_credit_notes_are_gone_through_and_nothing_is_asked_for_what_is_not_in_Upflow()
    {
        var store = new KeyMapStore(_stand.Table);
        FlowName[] flows = [UpflowFlows.Invoices, UpflowFlows.CreditNotes];
        foreach (var flow in flows)
            await store.SaveAsync(
                [
                    .. Enumerable
                        .Range(0, 250)
                        .Select(i => new KeyMapEntry
                        {
                            Key = new SyncKey(Some.ConnectionId, flow, i.ToString("d4", CultureInfo.InvariantCulture)),
                            State = RecordState.Skipped,
                        }),
                ],
                CancellationToken.None
            );
        var pages = new EarlierPaymentPages(
            new RecordQuery(_stand.Table, store),
            new LostLinks(null!, store, new StubQueue(), _stand.Clock)
        );
        var connection = Some.Connection(new UpflowConnectionSettings());
        var places = new List<string?>();
        string? after = null;
        do
        {
            places.Add(after?[..1]);
            after = (await pages.ReadAsync(connection, null!, after, CancellationToken.None)).Next;
        } while (after is not null && places.Count < 10);

        Assert.Equal([null, "1"], places);
    }
}
