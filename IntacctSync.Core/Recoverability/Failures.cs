using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.Recoverability;

/// <summary>Turns what was thrown into a classified failure. Pure.</summary>
public static class Failures
{
    /// <summary>The code of what this program does not know: an error of its own.</summary>
    public const string Unexpected = "unexpected";

    /// <summary>
    /// What the log has of an exception beside the code of its failure. A known failure's code says all; where in this
    /// program it was met helps nobody, and would fill the log while another system is down.
    /// </summary>
    public static LoggedException? Logged(Exception exception, Failure failure) =>
        failure.Problem.Code == Unexpected ? new LoggedException(exception) : null;

    /// <summary>
    /// Whether it comes of what one record holds: an amount that is too large to count with, or a value that can't be
    /// read. Which of several records it is shows when each goes by itself.
    /// </summary>
    public static bool IsOfOneRecord(Exception exception) => exception is OverflowException or UnreadableValueException;

    public static Failure Of(Exception exception) =>
        exception switch
        {
            RemoteException e => e.Classified,
            SecretMissingException e => new Failure(
                FailureClass.Authentication,
                new Problem(
                    "secret-missing",
                    e.Message,
                    $"Enter a value for {e.Field} in the settings of the connection."
                ),
                System: "settings"
            ),
            UnreadableTimesException e => new Failure(
                FailureClass.Data,
                new Problem(
                    "intacct-user-formatting",
                    e.Message,
                    "In Intacct, set the Web Services user's preferences: locale English (United States), date "
                        + "mm/dd/yyyy, clock 24 hours, time zone GMT."
                )
            ),
            TableUnavailableException e => new Failure(
                FailureClass.Transient,
                new Problem(
                    "store-unavailable",
                    ServerPaths.Shorten(e.Message),
                    "Look at the store: its disk, its account, its throttling."
                )
            ),
            SecretsUnavailableException e => new Failure(
                FailureClass.Throttled,
                new Problem(
                    "secrets-unavailable",
                    ServerPaths.Shorten(e.Message),
                    "Look at the place of the secrets: its folder and keys, or the vault."
                ),
                TimeSpan.FromMinutes(1)
            )
            {
                NotNow = true,
            },
            QueueUnavailableException e => new Failure(
                FailureClass.Transient,
                new Problem(
                    "queue-unavailable",
                    ServerPaths.Shorten(e.Message),
                    "Look at the queue: its disk, its namespace."
                )
            ),
            TableConflictException => Conflict,
            IntentTooLargeException e => new Failure(
                FailureClass.Data,
                new Problem(
                    "record-too-large",
                    e.Message,
                    "Make it smaller: divide it into several, or shorten its texts. Then it is tried again by itself."
                )
            ),
            OverflowException => new Failure(
                FailureClass.Data,
                new Problem(
                    "amount-out-of-range",
                    "A number of the record, or a sum of them, is larger than any that can be counted with.",
                    "Correct the amounts and quantities of the record, then retry."
                )
            ),
            UnreadableValueException e => new Failure(
                FailureClass.Data,
                new Problem("record-unreadable", e.Message, "Correct it in Intacct, then retry.")
            ),
            _ => new Failure(
                FailureClass.Unknown,
                new Problem(
                    Unexpected,
                    $"Unexpected {exception.GetType().Name}: {ServerPaths.Shorten(exception.Message)}",
                    "Look in the log for the whole error, and report it."
                )
            ),
        };

    /// <summary>Another worker wrote the record's row meanwhile, so the row is read again.</summary>
    public static Failure Conflict { get; } =
        new(
            FailureClass.Transient,
            new Problem(
                "row-changed",
                "The record was changed by another worker meanwhile.",
                "Nothing: it is tried again by itself."
            )
        );
}
