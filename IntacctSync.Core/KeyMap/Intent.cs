using IntacctSync.Core.Domain;

namespace IntacctSync.Core.KeyMap;

/// <summary>A write that may have been sent: stored before it goes out, replaced by its outcome.</summary>
/// <param name="ControlId">Under which it is sent, every time.</param>
/// <param name="Counter">The number of the intent, which is part of the control id.</param>
/// <param name="Operation"><c>create</c>, <c>update</c> or another verb.</param>
/// <param name="FunctionName">The name of the function element.</param>
/// <param name="Function">The function element as it was, or will be, sent.</param>
/// <param name="Hash">Of the mapped document in it.</param>
/// <param name="NaturalKey">What a create can be found by.</param>
/// <param name="At">When it was last about to be sent; once no answer came, since when it is in doubt.</param>
/// <param name="Sent">How often it was sent again to settle it; 0 for the first time.</param>
public sealed record Intent(
    ControlId ControlId,
    long Counter,
    string Operation,
    string FunctionName,
    string Function,
    string? Hash,
    string? NaturalKey,
    DateTimeOffset At,
    int Sent = 0
)
{
    /// <summary>What the row's fingerprints become when it landed; null for none.</summary>
    public string? Fingerprints { get; init; }

    /// <summary>
    /// What a create comes to, in the transaction's currency: what stands under its natural key with another sum is not
    /// it. Null where it has no sum.
    /// </summary>
    public decimal? Total { get; init; }

    /// <summary>
    /// Its own date, of a create: what stands under its natural key at quite another time is not it. Null where it has
    /// none, and of an intent from before dates were kept.
    /// </summary>
    public DateOnly? Date { get; init; }

    public const string Create = "create";
    public const string Update = "update";

    /// <summary>The counterpart is taken out of the books: reversed, or deleted where its kind is.</summary>
    public const string Reverse = "reverse";

    /// <summary>What the counterpart has of it is declared void there, as a payment on an invoice.</summary>
    public const string Void = "void";
}
