using System.Text;
using System.Text.Json;
using IntacctSync.Core.Remote;

namespace IntacctSync.Core.Zuper.Records;

/// <summary>Makes a line for a log or an error of what an answer says.</summary>
internal static class ZuperExcerpt
{
    public const int MaxLength = AnswerText.MaxLength;

    /// <summary>
    /// As much of a body as is looked at; pages of proxies say what they have to say at their beginning.
    /// </summary>
    private const int MaxBytes = 8 * 1024;

    /// <summary>
    /// A body without mark-up, control characters and the secret, in at most <see cref="MaxLength"/> characters.
    /// </summary>
    public static string Of(ReadOnlySpan<byte> body, string? secret) =>
        AnswerText.Clean(Encoding.UTF8.GetString(body[..Math.Min(body.Length, MaxBytes)]), secret);

    /// <summary>Title, message and the first error of an envelope.</summary>
    public static string OfEnvelope(JsonElement json, string? secret)
    {
        var title = ZuperJson.Text(json, "title")?.Trim();
        var message = ZuperJson.Text(json, "message")?.Trim();
        var data = ZuperJson.Object(json, "data");
        string?[] parts =
        [
            title,
            message == title ? null : message,
            .. ZuperJson.List(json, "errors").Take(3).Select(TextOf),
            .. ZuperJson.List(data, "errors").Take(3).Select(TextOf),
            .. ZuperJson
                .List(data, "group_uids_not_found")
                .Take(3)
                .Select(static uid => $"group not found: {ZuperJson.Text(uid)}"),
        ];
        return AnswerText.Clean(
            string.Join(": ", parts.Where(static part => !string.IsNullOrWhiteSpace(part))),
            secret
        );
    }

    private static string? TextOf(JsonElement error) => ZuperJson.Text(error) ?? ZuperJson.Text(error, "message");
}
