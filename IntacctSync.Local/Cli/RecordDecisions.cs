using System.Text.Json.Nodes;

namespace IntacctSync.Local.Cli;

/// <summary>What a person decides about records: retry, link, ignore.</summary>
internal static class RecordDecisions
{
    public static async Task<int> RetryAsync(VerbCall call, CancellationToken cancellationToken)
    {
        if (call.Text("record") is null)
        {
            if (!call.Flag("--all") && call.Text("--code") is null && call.Text("--flow") is null)
                throw new VerbFailedException(
                    ExitCodes.UsedWrongly,
                    "Name a record, or give --code, --flow or --all for all that failed."
                );
            var body = new JsonObject { ["flow"] = call.Text("--flow"), ["code"] = call.Text("--code") };
            var answer = await call.Host.OfConnectionAsync(HttpMethod.Post, "/retry", body, cancellationToken);
            return await ToldAsync(
                call,
                answer,
                Terminal.Number(answer["count"]) switch
                {
                    0 => "There is nothing to try again.",
                    1 => "One is tried again.",
                    var count => $"{count} are tried again.",
                },
                cancellationToken
            );
        }

        var (path, title) = await NamedRecord.FindAsync(call, cancellationToken);
        var retried = await call.Host.OfConnectionAsync(HttpMethod.Post, path + "/retry", null, cancellationToken);
        return await ToldAsync(call, retried, $"{title} is tried again.", cancellationToken);
    }

    /// <summary>What was asked for of a connection that rests or stands still waits until it goes on.</summary>
    private static async Task<int> ToldAsync(
        VerbCall call,
        JsonNode answer,
        string text,
        CancellationToken cancellationToken
    )
    {
        var rests = RecordTexts.Rests(await call.Host.OfConnectionAsync("", cancellationToken));
        return call.Said(answer, rests is null ? text : $"{text} {rests}");
    }

    public static async Task<int> LinkAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var (path, title) = await NamedRecord.FindAsync(call, cancellationToken);
        var target = call.Text("target")!;
        var body = new JsonObject { ["targetId"] = target };
        var answer = await call.Host.OfConnectionAsync(HttpMethod.Post, path + "/link", body, cancellationToken);
        return call.Said(answer, $"{title} is linked to {target}.");
    }

    public static async Task<int> IgnoreAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var (path, title) = await NamedRecord.FindAsync(call, cancellationToken);
        var body = new JsonObject { ["reason"] = call.Text("--reason") };
        var answer = await call.Host.OfConnectionAsync(HttpMethod.Post, path + "/ignore", body, cancellationToken);
        return call.Said(
            answer,
            $"{title} is ignored. To undo it: intacctsync retry \"{title}\" --flow {path.Split('/')[2]}"
        );
    }
}
