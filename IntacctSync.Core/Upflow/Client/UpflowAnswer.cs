using System.Net;
using System.Text;
using System.Text.Json;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Client;

/// <summary>What came back, read whole.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="IsPage">Whether the body is a page for people, as proxies answer, and nothing of Upflow's.</param>
/// <param name="Json">The body where it is JSON; else null. Some answers say nothing, or only a word.</param>
/// <param name="Excerpt">What the body says, cleaned and cut for a log or an error.</param>
internal sealed record UpflowAnswer(HttpStatusCode Status, bool IsPage, JsonElement? Json, string Excerpt)
{
    private const int MostForExcerpt = 8 * 1024;

    public static UpflowAnswer Of(HttpStatusCode status, ReadOnlySpan<byte> body, UpflowAccount account)
    {
        var start = body.TrimStart(" \r\n\t\uFEFF"u8);
        JsonElement? json = UpflowJson.TryParse(start, out var root) ? root : null;

        // The shape of an error is not published; clients read 'message', then 'error'.
        var said =
            json is null ? Encoding.UTF8.GetString(start[..Math.Min(start.Length, MostForExcerpt)])
            : (int)status < 400 ? ""
            : UpflowJson.Text(json, "message") ?? UpflowJson.Text(json, "error") ?? "";
        return new UpflowAnswer(
            status,
            json is null && start.StartsWith("<"u8),
            json,
            AnswerText.Clean(said, account.ApiSecret, account.ApiKey)
        );
    }
}
