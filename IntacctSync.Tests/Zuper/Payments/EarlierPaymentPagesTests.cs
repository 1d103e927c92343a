using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Payments;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Payments;

public sealed class EarlierPaymentPagesTests : IAsyncLifetime
{
    private readonly StoreStand _stand = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    /// <summary>There is no Intacct here, so a question to it would fail.</summary>
    [Fact]
    public async Task Invoices_are_gone_through_page_by_page_and_nothing_is_asked_for_what_was_made_from_Zuper()
    {
        var store = new KeyMapStore(_stand.Table);
        await store.SaveAsync(
            [
                .. Enumerable
                    .Range(0, 450)
                    .Select(i => new KeyMapEntry
                    {
                        Key = new SyncKey(
                            Some.ConnectionId,
                            ZuperFlows.Invoices,
                            i.ToString("d4", CultureInfo.InvariantCulture)
                        ),
                        State = RecordState.Synced,
                        TargetId = i % 2 == 0 ? i.ToString(CultureInfo.InvariantCulture) : null,
                        Made = i.ToString(CultureInfo.InvariantCulture),
                    }),
            ],
            CancellationToken.None
        );
        var pages = new EarlierPaymentPages(
            new RecordQuery(_stand.Table, store),
            new EarlierPayments(null!, null!, null!, _stand.Clock),
            store
        );
        var connection = Some.Connection();
        var read = 0;
        string? after = null;
        do
        {
            var chunk = await pages.ReadAsync(connection, null!, after, CancellationToken.None);
            Assert.Empty(chunk.Seen);
            after = chunk.Next;
            read++;
        } while (after is not null && read < 10);

        // Three pages of invoices, and one of payments.
        Assert.Equal(4, read);
    }
}
