using System.Text.Json.Serialization;

namespace IntacctSync.Core.Domain;

/// <summary>
/// Why a record is not synced, for a person: a stable code to group by, what was found, and what to do about it.
/// </summary>
/// <param name="Code">Lower-case words joined by dashes; stable, so that causes can be counted and retried
/// together.</param>
/// <param name="Message">What was found. Never holds a secret.</param>
/// <param name="Fix">What to change, and where.</param>
public sealed record Problem(string Code, string Message, string Fix)
{
    /// <summary>
    /// The source ids of other records of the same flow that the text speaks of. People know those by their titles.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<string> Records { get; init; } = [];

    /// <summary>The same problem, with titles in the place of ids.</summary>
    /// <param name="titles">What people call the records, by source id; one that is missing keeps its id.</param>
    public Problem Titled(IReadOnlyDictionary<string, string> titles)
    {
        var message = Message;
        foreach (var id in Records)
        {
            if (titles.TryGetValue(id, out var title))
                message = message.Replace(id, $"'{title}'", StringComparison.Ordinal);
        }

        return this with
        {
            Message = message,
            Records = [],
        };
    }

    /// <summary>The same problem, with the app's name put where the text leaves it open.</summary>
    /// <param name="app">As people write it.</param>
    public Problem Naming(string app) =>
        this with
        {
            Fix = Fix.Replace("in the app", $"in {app}", StringComparison.Ordinal),
        };

    /// <summary>
    /// The same problem, told where a person has asked and nothing is tried again by itself, as in a preview.
    /// </summary>
    public Problem WhereAsked() =>
        this with
        {
            Fix = Fix.StartsWith(ByItself, StringComparison.Ordinal)
                ? $"Try again in a few minutes.{Fix[ByItself.Length..]}"
                : Fix.Replace("; it is tried again by itself.", ", then try again.", StringComparison.Ordinal),
        };

    private const string ByItself = "Nothing: it is tried again by itself.";

    public override string ToString() => $"{Code}: {Message} {Fix}";
}
