using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Recoverability;
using IntacctSync.Web.Access;
using IntacctSync.Web.Answers;
using IntacctSync.Web.Console.Access;
using IntacctSync.Web.Console.Pages;
using IntacctSync.Web.Console.Words;
using IntacctSync.Web.Operations;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Console.Connections;

/// <summary>
/// The webhooks by which the app tells of changes, the test letter, and what the role of Intacct's user must allow.
/// </summary>
internal sealed class WebhookPages(
    FrameReader frames,
    ConnectionSecrets secrets,
    ConnectionAccessSource access,
    AppCatalog apps,
    EmailOptions email,
    TestMail letter
)
{
    public async Task<IResult> ShowAsync(HttpContext http, string id, CancellationToken cancellationToken) =>
        await PageAsync(http, id, null, cancellationToken);

    public async Task<IResult> RegisterAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        var frame = await frames.ReadAsync(id, cancellationToken);
        var connection = frame.Connection;
        var form = await Form.ReadAsync(http, cancellationToken);
        if (apps.Of(connection).Webhooks is not { } registry)
            throw RefusedException.NotFound($"{frame.App.Title} sends no webhooks to this program.");
        if (WebhookListEndpoints.At(form["url"], connection) is not { } address)
            throw RefusedException.Invalid(
                "url",
                "That is no address of a host: give one such as https://sync.example.com, without a name, password or "
                    + "query."
            );
        if (await secrets.GetAsync(connection, frame.App.Secrets.Webhook!, cancellationToken) is not { } secret)
            throw RefusedException.Invalid("secret", "The connection has no webhook secret: store one first.");
        http.Note($"to {address}");
        try
        {
            var given = await access.GetAsync(connection, cancellationToken);
            var count = await registry.RegisterAsync(connection, given.App, address, secret, cancellationToken);
            return await PageAsync(
                http,
                id,
                count == 0
                    ? "All of them were there already."
                    : $"{Amounts.Count(count, "webhook was", "webhooks were")} registered.",
                cancellationToken
            );
        }
        catch (Exception e) when (apps.Of(connection).FailureOfProbe(e) is not null)
        {
            return await PageAsync(http, id, Told(connection, e), cancellationToken);
        }
    }

    public async Task<IResult> RemoveAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        var frame = await frames.ReadAsync(id, cancellationToken);
        var connection = frame.Connection;
        if (apps.Of(connection).Webhooks is not { } registry)
            throw RefusedException.NotFound($"{frame.App.Title} sends no webhooks to this program.");
        try
        {
            var given = await access.GetAsync(connection, cancellationToken);
            var count = await registry.RemoveAsync(connection, given.App, cancellationToken);
            return await PageAsync(
                http,
                id,
                $"{Amounts.Count(count, "webhook was", "webhooks were")} removed. Changes are found by looking for "
                    + "them.",
                cancellationToken
            );
        }
        catch (Exception e) when (apps.Of(connection).FailureOfProbe(e) is not null)
        {
            return await PageAsync(http, id, Told(connection, e), cancellationToken);
        }
    }

    public async Task<IResult> MailAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        var frame = await frames.ReadAsync(id, cancellationToken);
        try
        {
            var outcome = await letter.SendAsync(frame.Connection, cancellationToken);
            return await PageAsync(
                http,
                id,
                outcome.Objection
                    ?? $"The mail server took the test letter for {Amounts.Count(outcome.Sent, "address", "addresses")}"
                        + (
                            outcome.Refused == 0
                                ? "."
                                : $", and refused it for {Amounts.Count(outcome.Refused, "address", "addresses")}."
                        ),
                cancellationToken
            );
        }
        catch (MailNotSentException e)
        {
            return await PageAsync(http, id, e.Message, cancellationToken);
        }
    }

    private async Task<IResult> PageAsync(
        HttpContext http,
        string id,
        string? told,
        CancellationToken cancellationToken
    )
    {
        var frame = await frames.ReadAsync(id, cancellationToken);
        var (listed, error) = await ListAsync(frame.Connection, cancellationToken);
        var parts = apps.Of(frame.Connection).Webhooks is null ? "Mail" : "Webhooks, mail";
        return PageResult.Of<WebhooksPage>(
            $"{parts} and role \u00b7 {frame.Connection.Id}",
            new WebhooksModel(
                frame,
                apps.Of(frame.Connection).Webhooks is not null,
                listed,
                error,
                email.LinkBase ?? $"{http.Request.Scheme}://{http.Request.Host}",
                told,
                [.. apps.Of(frame.Connection).Role(frame.Connection.Settings)]
            )
        );
    }

    private async Task<(IReadOnlyList<RegisteredWebhook> Listed, string? Error)> ListAsync(
        Connection connection,
        CancellationToken cancellationToken
    )
    {
        if (apps.Of(connection).Webhooks is not { } registry)
            return ([], null);
        try
        {
            var given = await access.GetAsync(connection, cancellationToken);
            return (await registry.ListAsync(connection, given.App, cancellationToken), null);
        }
        catch (Exception e) when (e is SecretMissingException || apps.Of(connection).FailureOfProbe(e) is not null)
        {
            return ([], Told(connection, e));
        }
    }

    private static string Told(Connection connection, Exception e)
    {
        var problem = Failures.Of(e).Problem.Naming(connection.Settings.Profile.Title);
        return $"{problem.Message} {problem.Fix}";
    }
}

/// <summary>What the page of webhooks, mail and role shows.</summary>
/// <param name="Frame">The connection.</param>
/// <param name="Sends">Whether its app sends webhooks at all.</param>
/// <param name="Webhooks">Those that lead to this connection.</param>
/// <param name="Error">Why they could not be read.</param>
/// <param name="Address">Where this host seems to be reached.</param>
/// <param name="Told">What a form came to.</param>
/// <param name="Role">What the role of Intacct's user must allow.</param>
public sealed record WebhooksModel(
    Frame Frame,
    bool Sends,
    IReadOnlyList<RegisteredWebhook> Webhooks,
    string? Error,
    string Address,
    string? Told,
    IReadOnlyList<RoleNeed> Role
);
