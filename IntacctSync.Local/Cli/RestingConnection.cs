using System.Text.Json.Nodes;
using IntacctSync.Core.Connections.Document;
using Spectre.Console;

namespace IntacctSync.Local.Cli;

/// <summary>
/// The connection that is being made, stored at rest: it can be examined and previewed, and nothing is written before
/// that is wanted.
/// </summary>
internal static class RestingConnection
{
    internal const int MostTries = 5;

    /// <summary>
    /// Makes the connection under a name that nobody else has taken, or goes on with one that was made and never
    /// activated.
    /// </summary>
    /// <returns>Whether it was made here; only such a one is forgotten where that comes to nothing.</returns>
    public static async Task<bool> MakeAsync(VerbCall call, JsonObject document, CancellationToken cancellationToken)
    {
        var id = call.Text("--connection") ?? await ConnectPrompts.AskIdAsync(call, cancellationToken);
        for (var tries = 1; ; tries++)
        {
            await call.Host.ChooseAsync(id, cancellationToken);
            call.Terminal.Name(id, call.Text("--url"));
            try
            {
                if (await StoreAsync(call, document, isNew: true, cancellationToken))
                    return true;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                call.Terminal.Error(
                    $"Whether '{id}' was stored now is not known; it may also be one that was there before. Look at it "
                        + "first: intacctsync status"
                );
                throw;
            }

            var begun = await BegunAsync(call, document, cancellationToken);
            if (begun is not null && await GoesOnAsync(call, id, cancellationToken))
            {
                Keep(document, begun);
                await StoreAsync(call, document, isNew: false, cancellationToken);
                return false;
            }

            var taken = begun is null
                ? $"There is a connection '{id}' already. Choose another id, or purge that one first."
                : $"There is a connection '{id}' already, which rests and was never activated. Choose another id, or "
                    + $"forget that one: intacctsync purge --connection {id}{Environment.NewLine}"
                    + $"To let it begin as it is: intacctsync activate --connection {id}";
            if (call.Text("--connection") is not null || !call.Terminal.IsInteractive || tries >= MostTries)
                throw new VerbFailedException(ExitCodes.UsedWrongly, taken);
            call.Terminal.Error(taken);
            id = await ConnectPrompts.AskIdAsync(call, cancellationToken);
        }
    }

    /// <summary>
    /// The connection of the chosen name where it is one of the same app that was made and never activated: its
    /// settings. Null for any other.
    /// </summary>
    private static async Task<JsonObject?> BegunAsync(
        VerbCall call,
        JsonObject document,
        CancellationToken cancellationToken
    )
    {
        var stored = (await call.Host.OfConnectionAsync("", cancellationToken)).AsObject();
        return
            stored["active"]?.GetValue<bool>() == false
            && $"{stored["deactivatedAt"]}" == $"{stored["createdAt"]}"
            && ConnectDocument.AppOf(stored) == ConnectDocument.AppOf(document)
            ? stored
            : null;
    }

    private static async Task<bool> GoesOnAsync(VerbCall call, string id, CancellationToken cancellationToken) =>
        call.Terminal.IsInteractive
        && call.Text("--file") is null
        && await call.Terminal.Console.ConfirmAsync(
            $"There is a connection '{id}' that was made and never activated. Go on with it?",
            true,
            cancellationToken
        );

    /// <summary>What a document does not say stays as it was stored.</summary>
    private static void Keep(JsonObject document, JsonObject stored)
    {
        foreach (var (name, value) in stored)
        {
            if (document[name] is JsonObject inner && value is JsonObject innerStored)
                Keep(inner, innerStored);
            else if (document[name] is null)
                document[name] = value?.DeepClone();
        }
    }

    /// <summary>
    /// It is stored at rest: it can be examined and previewed, and nothing is written before that is wanted.
    /// </summary>
    /// <returns>False where it was to be new, and there is one of its id.</returns>
    public static async Task<bool> StoreAsync(
        VerbCall call,
        JsonObject document,
        bool isNew,
        CancellationToken cancellationToken
    )
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                if (isNew)
                    return await call.Host.MakeAsync(document, cancellationToken);
                await call.Host.OfConnectionAsync(HttpMethod.Put, "?rest=true", document, cancellationToken);
                return true;
            }
            catch (VerbFailedException e)
                when (call.Terminal.IsInteractive
                    && call.Text("--file") is null
                    && tries < MostTries
                    && Questions(document, e) is { Count: > 0 } questions
                )
            {
                call.Terminal.Error(
                    FieldWords.Labelled(e.Message, ConnectForm.FormOf(ConnectDocument.AppOf(document)))
                );
                foreach (var question in questions)
                    await ConnectPrompts.AskAsync(call, document, question, cancellationToken);
            }
        }
    }

    /// <summary>
    /// What can be asked anew; null where something is refused that no question of the form is about, which no answer
    /// would mend.
    /// </summary>
    private static IReadOnlyList<ConnectQuestion>? Questions(JsonObject document, VerbFailedException refused)
    {
        if (refused.Data["errors"] is not string errors || JsonNode.Parse(errors) is not JsonObject byField)
            return null;
        var form = ConnectForm.For(ConnectDocument.AppOf(document));
        var asked = byField.Select(f => form.FirstOrDefault(q => q.Path == f.Key)).ToList();
        return asked.Contains(null) ? null : [.. asked.OfType<ConnectQuestion>()];
    }

    public const string NotForgotten = "It can't be forgotten just now. Look at it: intacctsync status";

    /// <returns>Whether it is forgotten. If not, it rests, or somebody has let it begin meanwhile.</returns>
    public static async Task<bool> ForgetAsync(VerbCall call, CancellationToken cancellationToken)
    {
        try
        {
            // Only while it rests: once it has begun, it is at work, whatever could not be told of it.
            var stored = await call.Host.OfConnectionAsync("", cancellationToken);
            if (stored["active"]?.GetValue<bool>() != false)
                return false;
            await ConnectionVerbs.ForgetAsync(call, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is VerbFailedException or OperationCanceledException)
        {
            return false;
        }
    }
}
