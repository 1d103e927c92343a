using IntacctSync.Web.Access;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Description;

/// <summary>Answers that many calls give alike.</summary>
internal static class CommonReplies
{
    /// <summary>To every call.</summary>
    public static IReadOnlyList<Reply> Always { get; } =
    [
        new(
            StatusCodes.Status500InternalServerError,
            "A mistake of the program. The answer names the trace by which the log tells more."
        ),
    ];

    /// <summary>To every operation.</summary>
    public static IReadOnlyList<Reply> NeedsApiKey { get; } =
    [
        new(StatusCodes.Status400BadRequest, "A text of the address is too long; errors says which."),
        new(StatusCodes.Status401Unauthorized, "The key is missing or wrong."),
        Reply.Later(StatusCodes.Status429TooManyRequests, "Too many calls came with a wrong key."),
        new(
            StatusCodes.Status403Forbidden,
            "No key is configured, and the caller is not on this machine, or calls through a proxy."
        ),
        Reply.Later(
            StatusCodes.Status503ServiceUnavailable,
            "The store, the queue or the secrets do not answer now; or "
                + $"{OperationsAccess.ConfigurationKey} is not set, and this host serves operations by key only."
        ),
    ];

    /// <summary>To every call that takes a body.</summary>
    public static IReadOnlyList<Reply> ToBodies { get; } =
    [
        new(StatusCodes.Status400BadRequest, "A member is wrong, or unknown; errors says which, and the fix."),
        new(StatusCodes.Status413PayloadTooLarge, "The body is longer than 256 KiB."),
        new(StatusCodes.Status415UnsupportedMediaType, "The body is not application/json."),
    ];

    /// <summary>To every call with parameters.</summary>
    public static IReadOnlyList<Reply> ToQueries { get; } =
    [new(StatusCodes.Status400BadRequest, "A parameter is wrong; errors says which, and the fix.")];
}
