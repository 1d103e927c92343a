using System.Text.Json;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Doctor;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Web.Answers;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Operations;

/// <summary>Connections: put, read, examine, deactivate, activate, purge.</summary>
internal sealed class ConnectionEndpoints(
    ConnectionStore connections,
    ConnectionSecrets secrets,
    ConnectionRules rules,
    ConnectionDoctor doctor,
    ConnectionPurge purge,
    ConnectionTimeline timeline,
    PersonRequests requests,
    ShadowCatchUp debts,
    RecordCounting counting,
    SameAccounts accounts,
    TimeProvider time
)
{
    /// <summary>How long a worker may take to end what it has begun.</summary>
    private static readonly TimeSpan PurgeAgain = TimeSpan.FromSeconds(10);

    public async Task<IResult> PutAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        if (!ConnectionId.TryParse(id, out var connectionId))
            return Problems.Invalid(
                "id",
                $"The connection id of the address has {id.Length} characters or others than allowed: use 1 to "
                    + $"{ConnectionId.MaxLength} of a-z, 0-9 and '-'."
            );
        var body = await JsonBody.ReadAsync(http.Request, cancellationToken);
        var errors = new FieldErrors();
        if (body.ValueKind != JsonValueKind.Object)
            return Problems.Invalid("", "The document is no object: send one as the contract shows it.");
        if (
            body.TryGetProperty("id", out var named)
            && !(named.ValueKind == JsonValueKind.String && named.GetString() == id)
        )
            errors.Add("id", $"is not the one of the address, '{id}'; leave it out");

        var document = ConnectionDocument.Read(ConnectionView.Strip(body), rules, errors);
        if (document is not null)
        {
            var app = document.Settings.Profile;
            RequireSecrets(document, await secrets.SetAsync(connectionId, app, cancellationToken), errors);
            if (await connections.GetAsync(connectionId, cancellationToken) is { } old)
                await accounts.RequireAsync(old, document.Settings, errors, cancellationToken);
        }

        if (document is null || errors.Any)
            return Problems.Invalid(errors.ToDictionary());

        // The secrets are stored before the document. In the other order, the new user would for a moment be tried with
        // the old password, and the refusal would stop the connection under its new settings. In this order, such a
        // refusal stops it under its old settings, and that stop ends when the document is stored. If the call breaks
        // off in between, the same call again completes it.
        await secrets.ApplyAsync(connectionId, document.Secrets, cancellationToken);
        var (connection, created) = await connections.PutAsync(connectionId, document.Settings, cancellationToken);

        // What changed in shadow mode is carried over now.
        await debts.PayAsync(connection, cancellationToken);
        return Json.Of(
            created ? StatusCodes.Status201Created : StatusCodes.Status200OK,
            await ViewAsync(connection, cancellationToken)
        );
    }

    public async Task<IResult> ListAsync(CancellationToken cancellationToken)
    {
        var views = new List<object>();
        foreach (var connection in await connections.ListAsync(cancellationToken))
            views.Add(await ViewAsync(connection, cancellationToken));
        return Json.Ok(views);
    }

    public async Task<IResult> GetAsync(string id, CancellationToken cancellationToken) =>
        Json.Ok(await ViewAsync(await connections.FindAsync(id, cancellationToken), cancellationToken));

    public async Task<IResult> TestAsync(string id, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        var report = await doctor.ExamineAsync(connection.Id, cancellationToken) ?? throw RouteValues.NoConnection(id);
        return Json.Ok(report);
    }

    public async Task<IResult> DeleteAsync(HttpContext http, string id, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        switch (http.Request.Query["purge"].ToString())
        {
            case "true":
                if (await purge.PurgeAsync(connection.Id, cancellationToken) == PurgeOutcome.Busy)
                    return Problems.Later(
                        http,
                        PurgeAgain,
                        $"The connection '{connection.Id}' is deactivated, but a worker is at its company just "
                            + $"now: purge it again in a moment."
                    );
                counting.Forget(connection.Id);
                break;
            case "" or "false":
                await DeactivateAsync(connection.Id, cancellationToken);
                break;
            case var other:
                return Problems.Invalid("purge", $"purge is '{other}'; give true or false.");
        }

        return TypedResults.NoContent();
    }

    public async Task<IResult> ActivateAsync(string id, CancellationToken cancellationToken)
    {
        var connection = await connections.FindAsync(id, cancellationToken);
        if (!await requests.ActivateAsync(connection.Id, cancellationToken))
            throw RouteValues.NoConnection(id);
        if (!connection.Active)
            await timeline.AddAsync(connection.Id, "activated", "Activated by hand.", null, cancellationToken);
        return TypedResults.NoContent();
    }

    private async Task DeactivateAsync(ConnectionId id, CancellationToken cancellationToken)
    {
        var ended = false;
        await connections.ChangeAsync(
            id,
            c => (ended = c.Active) ? c with { Active = false, DeactivatedAt = time.GetUtcNow() } : c,
            cancellationToken
        );
        if (ended)
            await timeline.AddAsync(id, "deactivated", "Deactivated by hand.", null, cancellationToken);
    }

    private static void RequireSecrets(ConnectionDocument document, IReadOnlySet<string> set, FieldErrors errors)
    {
        foreach (var field in document.Settings.Profile.Secrets.Required)
        {
            var change = document.Secrets[field];
            if (change.Clears)
                errors.Add(
                    field,
                    "can't be cleared, since nothing works without it; give a value, or deactivate the connection"
                );
            else if (change.Value is null && !set.Contains(field))
                errors.Add(field, "is missing; it is required");
        }
    }

    private async Task<object> ViewAsync(Connection connection, CancellationToken cancellationToken) =>
        ConnectionView.Of(
            connection,
            await secrets.SetAsync(connection.Id, connection.Settings.Profile, cancellationToken)
        );
}
