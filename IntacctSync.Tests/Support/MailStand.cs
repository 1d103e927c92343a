using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Tests.Support;

/// <summary>A store, a connection with a recipient, and a mail server that keeps what it is given.</summary>
public sealed class MailStand : IAsyncDisposable
{
    public StoreStand Store { get; } = new();

    public SmtpSink Sink { get; } = new();

    public CollectingLogger<FailureMails> Log { get; } = new();

    public ConnectionStore Connections =>
        new(Store.Table, IntacctSync.Core.IntacctSyncRegistration.Apps, Store.Clock, Some.Noted(Store.Clock));

    public KeyMapStore KeyMap => new(Store.Table);

    public NoticeStore Notices => new(Store.Table, Options, Store.Clock);

    public EmailOptions Options =>
        new()
        {
            Host = "127.0.0.1",
            Port = Sink.Port,
            From = "sync@example.com",
            StartTls = false,
            LinkBase = "https://sync.example.com",
        };

    public static async Task<MailStand> OpenAsync(params string[] to)
    {
        var stand = new MailStand();
        await stand.AddressAsync(to.Length == 0 ? ["ap@harbordental.example"] : to);
        return stand;
    }

    public Task AddressAsync(params IReadOnlyList<string> to) =>
        Connections.PutAsync(
            Some.ConnectionId,
            Some.Settings() with
            {
                SyncFailureEmails = to,
            },
            CancellationToken.None
        );

    /// <summary>
    /// What one instance of the host has. The clock of the stand is not that of the sending: whoever moves it breaks
    /// off no letter.
    /// </summary>
    public FailureMails Mails(EmailOptions? options = null)
    {
        var chosen = options ?? Options;
        return new FailureMails(
            Connections,
            Notices,
            KeyMap,
            new PartyNames(KeyMap),
            new SmtpSender(chosen, TimeProvider.System),
            chosen,
            Store.Clock,
            Log
        );
    }

    /// <summary>One instance of the host looks what is to be told.</summary>
    public Task LookAsync(EmailOptions? options = null) => Mails(options).RunAsync(CancellationToken.None);

    /// <summary>A record fails, as the pipeline would have it.</summary>
    public async Task FailAsync(
        string sourceId,
        Problem? problem = null,
        string? title = null,
        RecordFacts? facts = null
    )
    {
        var chosen = problem ?? Some.Problem();
        await Notices.AddAsync(
            Some.ConnectionId,
            ZuperFlows.Organizations,
            [(sourceId, chosen.Code)],
            CancellationToken.None
        );
        await ChangeAsync(
            sourceId,
            e => (e with { Title = title, Facts = facts }).Need(Store.Clock.GetUtcNow(), chosen)
        );
    }

    public async Task ChangeAsync(string sourceId, Func<KeyMapEntry, KeyMapEntry> change) =>
        await KeyMap.SaveAsync(
            [change(await KeyMap.GetAsync(Some.Key(sourceId), CancellationToken.None) ?? Some.Entry(sourceId))],
            CancellationToken.None
        );

    public async ValueTask DisposeAsync()
    {
        await Sink.DisposeAsync();
        await Store.DisposeAsync();
    }
}
