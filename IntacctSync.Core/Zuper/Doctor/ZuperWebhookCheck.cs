using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Webhooks;

namespace IntacctSync.Core.Zuper.Doctor;

/// <summary>Whether Zuper's webhooks of a connection lead to this host, and send the secret that it expects.</summary>
/// <remarks>
/// This host's address is known only where <c>Email:LinkBase</c> says it. Without that, a webhook is ours when it leads
/// to this connection's path, on whatever host.
/// </remarks>
internal sealed class ZuperWebhookCheck(ConnectionSecrets secrets, EmailOptions email)
{
    private const string Where = "In Zuper, under Settings > Developer Hub > Webhooks,";

    public async Task<Finding> LookAsync(
        Connection connection,
        ZuperAccount account,
        ZuperClient zuper,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<ZuperWebhook> webhooks;
        try
        {
            webhooks = await zuper.ListWebhooksAsync(account, cancellationToken);
        }
        catch (ZuperException e)
            when (e.Failure is ZuperFailure.NotFound or ZuperFailure.Rejected or ZuperFailure.Unreadable)
        {
            return Finding.CannotTell($"Not made: Zuper does not show its webhooks to this key. {e.Message}");
        }

        var secret = await secrets.GetAsync(connection, ZuperSecrets.WebhookSecret, cancellationToken);
        return Judge(connection, [.. webhooks.Where(w => w.IsActive && w.LeadsTo(connection.Id))], secret);
    }

    private Finding Judge(Connection connection, IReadOnlyList<ZuperWebhook> ours, string? secret)
    {
        var path = $"/api/webhooks/{connection.Id}";
        if (ours.Count == 0)
            return Finding.Advice(
                $"Zuper has no active webhook to {path}: changes are found by the next sweep, and not at once.",
                "To have them told at once, register webhooks: in the console, under Settings > Webhooks, mail and "
                    + "role, by one button; by intacctsync webhooks register; or in Zuper, under Settings > Developer "
                    + "Hub > Webhooks, with the header x-hook-secret."
            );
        if (Elsewhere(ours, path) is { } elsewhere)
            throw elsewhere;
        if (secret is null)
            throw new CheckFailedException(
                $"{ours.Count} webhooks lead here, and {ZuperSecrets.WebhookSecret} has no value: each is refused, and "
                    + "changes are found by the next sweep, and not at once.",
                $"Enter a value for {ZuperSecrets.WebhookSecret} in the settings of the connection. Then have the "
                    + "webhooks send it: intacctsync webhooks remove, then intacctsync webhooks register."
            );
        var others = ours.Where(w => w.Header is { } header && header != secret).Select(w => w.Event).ToList();
        if (others.Count > 0)
            throw new CheckFailedException(
                $"The webhooks for {string.Join(", ", others)} don't send {ZuperSecrets.WebhookSecret} as "
                    + $"x-hook-secret, so they are refused.",
                $"{Where} set the header x-hook-secret of each to that value; or remove them and register anew: "
                    + $"intacctsync webhooks remove, then intacctsync webhooks register."
            );
        var active = ours.Select(w => w.Event).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var missing = ZuperEvent
            .For(connection.Zuper())
            .Select(e => e.Name)
            .Where(name => !active.Contains(name))
            .ToList();
        return missing.Count == 0
            ? Finding.Passed($"Zuper has {active.Count} active webhooks that lead here.")
            : throw new CheckFailedException(
                $"Zuper has no active webhook to {path} for {string.Join(", ", missing)}: such changes are "
                    + $"found by the next sweep, and not at once.",
                $"{Where} add one for each of {string.Join(", ", missing)}: POST, to this host's {path}, with the "
                    + $"header x-hook-secret. Or: intacctsync webhooks register."
            );
    }

    private CheckFailedException? Elsewhere(IReadOnlyList<ZuperWebhook> ours, string path)
    {
        if (email.LinkBase is not { } own)
            return
                ours.Select(w => new Uri(w.Url).GetLeftPart(UriPartial.Authority))
                    .Distinct(StringComparer.OrdinalIgnoreCase)
                    .ToList()
                    is [_, _, ..] hosts
                ? new CheckFailedException(
                    $"The webhooks of this connection lead to {string.Join(" and ", hosts)}; only one of these can be "
                        + $"this host.",
                    $"{Where} remove those that lead elsewhere; or set Email:LinkBase to the address of this host, "
                        + $"and ask again which those are."
                )
                : null;
        var others = ours.Where(w => !string.Equals(w.Url.TrimEnd('/'), own + path, StringComparison.OrdinalIgnoreCase))
            .Select(w => $"{w.Event} to {w.Url}")
            .ToList();
        return others.Count == 0
            ? null
            : new CheckFailedException(
                $"This host is reached at {own} (Email:LinkBase), and these webhooks lead elsewhere: "
                    + $"{string.Join(", ", others)}.",
                $"{Where} remove them, and register those of this host: intacctsync webhooks register. If they are "
                    + $"right, correct Email:LinkBase."
            );
    }
}
