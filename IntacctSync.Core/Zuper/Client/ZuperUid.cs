using System.Text;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>
/// The ids that Zuper gives its records: UUIDs, but nothing here relies on more than their characters.
/// </summary>
internal static class ZuperUid
{
    private const int MaxLength = 64;

    /// <summary>
    /// Letters, digits, <c>-</c> and <c>_</c>: what can stand in a path without becoming another one.
    /// </summary>
    public static bool IsUid(string? text) =>
        text is { Length: >= 1 and <= MaxLength }
        && text is not ("undefined" or "null" or "None")
        && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <exception cref="ZuperException">The text is no uid; nothing was sent.</exception>
    public static string Required(string? uid) =>
        IsUid(uid)
            ? uid!
            : throw new ZuperException(
                ZuperFailure.Rejected,
                $"'{ZuperExcerpt.Of(Encoding.UTF8.GetBytes(uid ?? ""), null)}' is no uid of Zuper: it has 1 to "
                    + $"{MaxLength} letters, digits, '-' and '_'. Nothing was sent."
            );
}
