using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Recoverability;
using IntacctSync.Web.Access;
using IntacctSync.Web.Answers;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Operations;

/// <summary>The webhooks that are registered in the app for a connection, and the test letter.</summary>
internal sealed class WebhookListEndpoints(
    ConnectionStore connections,
    ConnectionSecrets secrets,
    ConnectionAccessSource access,
    AppCatalog apps,
    EmailOptions email,
    TestMail letter
)
{
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(30);

    public Task<IResult> ListAsync(HttpContext http, string id, CancellationToken cancellationToken) =>
        AskAsync(
            http,
            id,
            async (connection, registry) =>
                Json.Ok(
                    new ConnectionWebhooks(
                        AddressOf(connection, null)?.AbsoluteUri,
                        await registry.ListAsync(
                            connection,
                            (await access.GetAsync(connection, cancellationToken)).App,
                            cancellationToken
                        )
                    )
                ),
            cancellationToken
        );

    public Task<IResult> RegisterAsync(HttpContext http, string id, CancellationToken cancellationToken) =>
        AskAsync(
            http,
            id,
            async (connection, registry) =>
            {
                var body = new BodyFields(
                    await JsonBody.ReadOptionalAsync(http.Request, cancellationToken),
                    WebhookListCalls.Register.BodyNames
                );
                if (AddressOf(connection, body.Text("url")) is not { } address)
                    return Problems.Invalid(
                        "url",
                        "It is not known where this host is reached from outside: give that address, such as "
                            + "https://sync.example.com without a name, password or query, or set Email:LinkBase."
                    );
                var field = connection.Settings.Profile.Secrets.Webhook!;
                if (await secrets.GetAsync(connection, field, cancellationToken) is not { } secret)
                    return Problems.Of(
                        StatusCodes.Status409Conflict,
                        $"{field} has no value, so webhooks would be refused: put the connection with one first."
                    );
                http.Note($"to {address}");
                var count = await registry.RegisterAsync(
                    connection,
                    (await access.GetAsync(connection, cancellationToken)).App,
                    address,
                    secret,
                    cancellationToken
                );
                return Json.Ok(new ChangedWebhooks(count, address.AbsoluteUri));
            },
            cancellationToken
        );

    public Task<IResult> RemoveAsync(HttpContext http, string id, CancellationToken cancellationToken) =>
        AskAsync(
            http,
            id,
            async (connection, registry) =>
                Json.Ok(
                    new ChangedWebhooks(
                        await registry.RemoveAsync(
                            connection,
                            (await access.GetAsync(connection, cancellationToken)).App,
                            cancellationToken
                        ),
                        null
                    )
                ),
            cancellationToken
        );

    public async Task<IResult> TestMailAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        try
        {
            var outcome = await letter.SendAsync(connection, cancellationToken);
            return outcome.Objection is { } objection
                ? Problems.Of(StatusCodes.Status409Conflict, objection)
                : Json.Ok(new SentMail(outcome.Sent, outcome.Refused));
        }
        catch (MailNotSentException e)
        {
            return Problems.Later(http, Later, e.Message);
        }
    }

    private async Task<IResult> AskAsync(
        HttpContext http,
        string id,
        Func<Connection, IWebhookRegistry, Task<IResult>> ask,
        CancellationToken cancellationToken
    )
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        if (apps.Of(connection).Webhooks is not { } registry)
            return Problems.Of(
                StatusCodes.Status409Conflict,
                $"{connection.Settings.Profile.Title} sends no webhooks to this program: changes are found by polling."
            );
        try
        {
            return await ask(connection, registry);
        }
        catch (Exception e) when (apps.Of(connection).FailureOfProbe(e) is not null)
        {
            var problem = Failures.Of(e).Problem.Naming(connection.Settings.Profile.Title);
            return Problems.Later(http, Later, $"{problem.Message} {problem.Fix}");
        }
    }

    private Uri? AddressOf(Connection connection, string? given) => At(given ?? email.LinkBase, connection);

    /// <param name="root">Where a host is reached. With a name, a password or a query in it, it is refused: it is told
    /// in the log and to the app.</param>
    /// <param name="connection">Whose webhooks.</param>
    /// <returns>Where they lead to; null where that is no address of the kind.</returns>
    internal static Uri? At(string? root, Connection connection) =>
        root is not null
        && Uri.TryCreate($"{root.TrimEnd('/')}/api/webhooks/{connection.Id}", UriKind.Absolute, out var address)
        && address is { Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" }
            ? address
            : null;
}

/// <summary>The webhooks that lead to a connection's path.</summary>
/// <param name="Url">Where they should lead to; null where it is not known under what address this host is
/// reached.</param>
/// <param name="Webhooks">Those that there are.</param>
internal sealed record ConnectionWebhooks(string? Url, IReadOnlyList<RegisteredWebhook> Webhooks);

/// <summary>How many webhooks were registered, or removed.</summary>
/// <param name="Count">How many.</param>
/// <param name="Url">Where they lead to; null after a removal.</param>
internal sealed record ChangedWebhooks(int Count, string? Url);

/// <summary>Whom a test letter reached.</summary>
/// <param name="Sent">How many addresses the mail server took.</param>
/// <param name="Refused">How many it refused.</param>
internal sealed record SentMail(int Sent, int Refused);
