using System.Text.Json;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Doctor;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Web.Access;
using IntacctSync.Web.Answers;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Operations;

/// <summary>Connections: put, read, examine, deactivate, activate, purge.</summary>
internal sealed class ConnectionEndpoints(
    ConnectionStore connections,
    ConnectionSecrets secrets,
    ConnectionPut puts,
    ConnectionRules rules,
    ConnectionDoctor doctor,
    ConnectionPurge purge,
    ConnectionTimeline timeline,
    PersonRequests requests,
    ShadowCatchUp debts,
    FlowCatchUp missed,
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
        if (http.Request.Query["rest"].ToString() is not ("" or "true" or "false") and var other)
            return Problems.Invalid("rest", $"rest is '{other}'; give true or false.");
        var body = await JsonBody.ReadAsync(http.Request, cancellationToken);
        var rests = http.Request.Query["rest"].ToString() == "true";
        var isNew = http.Request.Headers.IfNoneMatch.ToString().Trim() == "*";
        var stored = await PutAsync(http, connectionId, body, new PutTerms(rests, isNew), cancellationToken);
        return stored switch
        {
            { Errors: { } errors } => Problems.Invalid(errors),
            { Connection: { } connection } => Json.Of(
                stored.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK,
                await ViewAsync(connection, cancellationToken)
            ),
            _ => Problems.Of(
                StatusCodes.Status412PreconditionFailed,
                $"There is a connection '{connectionId}' already, and If-None-Match: * asks for a new one. Nothing was "
                    + "changed: choose another id, or leave the header out to replace it."
            ),
        };
    }

    /// <summary>Stores a document, or says what is wrong with it.</summary>
    public async Task<PutResult> PutAsync(
        HttpContext http,
        ConnectionId connectionId,
        JsonElement body,
        PutTerms terms,
        CancellationToken cancellationToken
    )
    {
        var errors = new FieldErrors();
        if (body.ValueKind != JsonValueKind.Object)
        {
            errors.Add("", "is no object; send one as the contract shows it");
            return PutResult.Wrong(errors);
        }

        if (
            body.TryGetProperty("id", out var named)
            && !(named.ValueKind == JsonValueKind.String && named.GetString() == connectionId.Value)
        )
            errors.Add("id", $"is not the one of the address, '{connectionId}'; leave it out");

        var document = ConnectionDocument.Read(ConnectionView.Strip(body), rules, errors);
        while (document is not null)
        {
            var old = await connections.GetAsync(connectionId, cancellationToken);
            if (old is not null && terms.IsNew)
                return PutResult.Taken;
            RequireSecrets(document, await SetAsync(old, connectionId, document, cancellationToken), errors);
            if (old is not null)
                await accounts.RequireAsync(old, document.Settings, errors, cancellationToken);
            await accounts.RequireOwnAsync(connectionId, old, document, errors, cancellationToken);
            if (errors.Any)
                break;

            // If another one was put or purged meanwhile, all is looked at anew.
            var put = await puts.TryPutAsync(connectionId, document, terms.Rests, old, cancellationToken);
            if (put is not var (stored, created))
                continue;
            if (old is not null)
                http.Note(ChangedFields.Of(old.Settings, document));

            // What changed in shadow mode is carried over now, and what a flow missed that was off.
            await debts.PayAsync(stored, cancellationToken);
            await missed.BeginAsync(stored, cancellationToken);
            return new PutResult(stored, created, null);
        }

        return PutResult.Wrong(errors);
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
        var purges = http.Request.Query["purge"].ToString() == "true";
        if (
            purges
            && ConnectionId.TryParse(id, out var named)
            && await connections.GetAsync(named, cancellationToken) is null
        )
        {
            // What a put or a purge that broke off has left.
            await purge.PurgeAsync(named, cancellationToken);
            http.NoteChange("what was left of it is forgotten");
        }

        var connection = await connections.FindAsync(id, cancellationToken);
        http.Note(purges ? "everything is forgotten" : "it stands still, and everything is kept");
        switch (http.Request.Query["purge"].ToString())
        {
            case "true":
                if (await purge.PurgeAsync(connection.Id, cancellationToken) == PurgeOutcome.Busy)
                {
                    http.NoteChange("it stands still, and a worker is in the way of forgetting it");
                    return Problems.Later(
                        http,
                        PurgeAgain,
                        $"The connection '{connection.Id}' is deactivated, but a worker is at its company just "
                            + $"now: purge it again in a moment."
                    );
                }

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
        ConnectionView.Of(connection, await secrets.SetAsync(connection, cancellationToken));

    /// <summary>The secrets that a document need not name again: those of the connection that it replaces.</summary>
    private async Task<IReadOnlySet<string>> SetAsync(
        Connection? old,
        ConnectionId id,
        ConnectionDocument document,
        CancellationToken cancellationToken
    ) =>
        old is not null && old.Settings.App == document.Settings.App
            ? await secrets.SetAsync(old, cancellationToken)
            : await secrets.SetAsync(id, document.Settings.Profile, cancellationToken);
}

/// <summary>What is asked of a put beside its document.</summary>
/// <param name="Rests">Whether a new connection rests until it is activated.</param>
/// <param name="IsNew">Whether it must be new: one that is there is not replaced.</param>
internal sealed record PutTerms(bool Rests, bool IsNew);

/// <summary>How a put ended.</summary>
/// <param name="Connection">As it is stored; null where something is wrong, or where it was to be new and is
/// not.</param>
/// <param name="Created">Whether it is new.</param>
/// <param name="Errors">What is wrong, by field; null where nothing is.</param>
internal sealed record PutResult(Connection? Connection, bool Created, IDictionary<string, string[]>? Errors)
{
    /// <summary>It was to be new, and there is one of this id.</summary>
    public static readonly PutResult Taken = new(null, false, null);

    public static PutResult Wrong(FieldErrors errors) => new(null, false, errors.ToDictionary());
}
