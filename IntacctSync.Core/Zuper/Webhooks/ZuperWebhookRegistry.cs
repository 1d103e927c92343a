using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Zuper.Client;

namespace IntacctSync.Core.Zuper.Webhooks;

/// <summary>The webhooks of a connection in its Zuper account: one for each event.</summary>
internal sealed class ZuperWebhookRegistry(ZuperClient zuper) : IWebhookRegistry
{
    public async Task<IReadOnlyList<RegisteredWebhook>> ListAsync(
        Connection connection,
        AppAccount account,
        CancellationToken cancellationToken
    ) =>
        [
            .. (await zuper.ListWebhooksAsync((ZuperAccount)account, cancellationToken))
                .Where(w => w.LeadsTo(connection.Id))
                .Select(w => new RegisteredWebhook(w.Uid, w.Event, w.Url, w.IsActive)),
        ];

    public async Task<int> RegisterAsync(
        Connection connection,
        AppAccount account,
        Uri address,
        string secret,
        CancellationToken cancellationToken
    )
    {
        var there = (await zuper.ListWebhooksAsync((ZuperAccount)account, cancellationToken))
            .Where(w => w.IsActive && Uri.TryCreate(w.Url, UriKind.Absolute, out var url) && url == address)
            .Select(w => w.Event)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var missing = ZuperEvent.For(connection.Zuper()).Where(e => !there.Contains(e.Name)).ToList();
        foreach (var told in missing)
            await zuper.AddWebhookAsync((ZuperAccount)account, told, address, secret, cancellationToken);
        return missing.Count;
    }

    public async Task<int> RemoveAsync(Connection connection, AppAccount account, CancellationToken cancellationToken)
    {
        var ours = await ListAsync(connection, account, cancellationToken);
        foreach (var webhook in ours)
            await zuper.RemoveWebhookAsync((ZuperAccount)account, webhook.Id, cancellationToken);
        return ours.Count;
    }
}
