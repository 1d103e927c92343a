using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntacctSync.Local.Cli;

/// <summary>The document of a connection that is made: what a file, or the command line, says.</summary>
internal static class ConnectDocument
{
    /// <summary>What puts single members.</summary>
    public static Option<string[]> SetOption() =>
        new("--set")
        {
            Description = "A member of the document, such as --set invoice.glAccountNo=4000; several may be given.",
            AllowMultipleArgumentsPerToken = true,
        };

    public static string AppOf(JsonObject document) => document["app"]?.ToString() ?? ConnectForm.Apps[0];

    /// <param name="file">Its path; - for the input.</param>
    /// <param name="input">The input.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<JsonObject> ReadAsync(string file, TextReader input, CancellationToken cancellationToken)
    {
        try
        {
            var text =
                file == "-"
                    ? await input.ReadToEndAsync(cancellationToken)
                    : await File.ReadAllTextAsync(file, cancellationToken);
            return JsonNode.Parse(text) as JsonObject ?? throw new JsonException("it is no object.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or JsonException)
        {
            throw new VerbFailedException(
                ExitCodes.UsedWrongly,
                $"The document in '{file}' can't be read: {e.Message} See docs/api.md for one."
            );
        }
    }

    /// <summary>Puts what <c>--set</c> says.</summary>
    public static void Set(VerbCall call, JsonObject document)
    {
        foreach (var set in call.Asked.GetValue<string[]>("--set") ?? [])
        {
            var at = set.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
                throw new VerbFailedException(
                    ExitCodes.UsedWrongly,
                    $"--set is '{set}'; give a member and its value, such as invoice.glAccountNo=4000."
                );
            Put(document, set[..at], ValueOf(set[(at + 1)..]));
        }
    }

    /// <summary>Puts a value at a dotted path.</summary>
    public static void Put(JsonObject document, string path, JsonNode? value)
    {
        var parts = path.Split('.');
        var at = document;
        foreach (var part in parts[..^1])
        {
            if (at[part] is not JsonObject inner)
                at[part] = inner = [];
            at = inner;
        }

        at[parts[^1]] = value;
    }

    /// <summary>What a document has at a dotted path; null for nothing.</summary>
    public static JsonNode? At(JsonObject document, string path)
    {
        JsonNode? at = document;
        foreach (var part in path.Split('.'))
            at = (at as JsonObject)?[part];
        return at;
    }

    /// <summary>
    /// true, false, a list or an object as JSON has it; anything else is a text, as the number of an account is.
    /// </summary>
    private static JsonNode? ValueOf(string text)
    {
        if (text is "true" or "false" or "null" || text.StartsWith('[') || text.StartsWith('{'))
        {
            try
            {
                return JsonNode.Parse(text);
            }
            catch (JsonException)
            {
                // It is a text that only begins like something else.
            }
        }

        return text;
    }
}
