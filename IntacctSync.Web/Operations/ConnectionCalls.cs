using IntacctSync.Core.Apps;
using IntacctSync.Core.Doctor;
using IntacctSync.Web.Description;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Operations;

/// <summary>What callers must know of the calls about connections.</summary>
internal static class ConnectionCalls
{
    public static readonly CallDescription List = new("listConnections", "All connections.")
    {
        Replies = [new(StatusCodes.Status200OK, "Their documents.", typeof(IReadOnlyList<ConnectionShown>))],
    };

    public static readonly CallDescription Put = new("putConnection", "Creates or replaces a connection.")
    {
        Details =
            "A document may be sent back as it was read: what the program adds is passed over, and a secret that is "
            + "left out, or sent as it is shown, keeps its value. With the header If-None-Match: * it only creates.",
        Query =
        [
            new(
                "rest",
                "true lets a new connection rest until it is activated: it can be examined and previewed, and syncs "
                    + "nothing. Without it it begins at once.",
                "true",
                "false"
            ),
        ],
        Body = CallBody.ConnectionDocument,
        Replies =
        [
            new(StatusCodes.Status200OK, "It was replaced.", typeof(ConnectionShown)),
            new(StatusCodes.Status201Created, "It was created.", typeof(ConnectionShown)),
            new(StatusCodes.Status412PreconditionFailed, "It was to be new, and there is one of this id."),
        ],
    };

    public static readonly CallDescription Get = new("getConnection", "One connection.")
    {
        Replies = [new(StatusCodes.Status200OK, "Its document.", typeof(ConnectionShown)), NoConnection],
    };

    public static readonly CallDescription Delete = new("deleteConnection", "Deactivates a connection, or forgets it.")
    {
        Details =
            "A deactivated connection keeps its state: webhooks are answered 410, and nothing is synced until it is "
            + "activated.",
        Query =
        [
            new("purge", "true removes its state and its secrets as well. Without it nothing is.", "true", "false"),
        ],
        Replies =
        [
            new(StatusCodes.Status204NoContent, "It is deactivated, or forgotten."),
            NoConnection,
            Reply.Later(
                StatusCodes.Status503ServiceUnavailable,
                "A worker is at the connection's company just now, or the store does not answer: purge it again."
            ),
        ],
    };

    public static readonly CallDescription Test = new("testConnection", "Examines whether a connection works.")
    {
        Details = "It takes 60 seconds at most, signs in once and writes nothing.",
        Replies = [new(StatusCodes.Status200OK, "What was found.", typeof(DoctorReport)), NoConnection],
    };

    public static readonly CallDescription Activate = new("activateConnection", "Activates a connection again.")
    {
        Replies =
        [
            new(StatusCodes.Status204NoContent, "It is active; its flows are read on from where they stood."),
            NoConnection,
        ],
    };

    public static readonly CallDescription Choices = new("listChoices", "What its settings can be chosen from.")
    {
        Details =
            "Accounts, locations, terms, payment modes and others, read from both systems and kept for 15 minutes. A "
            + "list that can't be read is in unread, with the reason; it costs an Intacct transaction each.",
        Query = [new("again", "true reads them anew, although they are kept.", "true", "false")],
        Replies = [new(StatusCodes.Status200OK, "The lists.", typeof(ConnectionChoices)), NoConnection],
    };

    public static readonly CallDescription Status = new("getStatus", "How a connection stands, flow by flow.")
    {
        Details = "Counts are a minute old at most.",
        Replies = [new(StatusCodes.Status200OK, "How it stands.", typeof(ConnectionStatus)), NoConnection],
    };

    public static readonly CallDescription Budget = new("getBudget", "What the company's transactions are used for.")
    {
        Details =
            "Transactions of this calendar month, UTC, of all connections of the company, against the allowance in "
            + "this connection's document. The forecast is what the month comes to if it goes on so.",
        Replies = [new(StatusCodes.Status200OK, "The month so far.", typeof(TransactionBudget)), NoConnection],
    };

    public static readonly CallDescription Role = new("getRole", "The least role that the Intacct user needs.")
    {
        Details = "For what is switched on in the document, permission by permission.",
        Replies = [new(StatusCodes.Status200OK, "The permissions.", typeof(IReadOnlyList<RoleNeed>)), NoConnection],
    };

    /// <summary>Every call with a connection's id in its address may be answered so.</summary>
    public static Reply NoConnection => new(StatusCodes.Status404NotFound, "There is no such connection.");
}
