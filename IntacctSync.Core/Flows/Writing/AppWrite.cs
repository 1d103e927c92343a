using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Flows.Writing;

/// <summary>One write to an app that is due.</summary>
/// <param name="App">What a person calls the app.</param>
/// <param name="Entry">The record's row as it is stored.</param>
/// <param name="Operation">What it does, for example <see cref="Intent.Create"/>.</param>
/// <param name="Call">What is called, for the story.</param>
/// <param name="Body">What is sent, as JSON.</param>
/// <param name="Hash">Of the mapped document that it carries.</param>
/// <param name="NaturalKey">What it can be found by when the reply is lost.</param>
/// <param name="SendAsync">Sends it once, and says what the app answered. What it throws leaves the intent open, so the
/// write is in doubt.</param>
/// <param name="Landed">The row after it, without the intent; given the row and the id of what was made.</param>
public sealed record AppWrite(
    string App,
    KeyMapEntry Entry,
    string Operation,
    string Call,
    string Body,
    string? Hash,
    string? NaturalKey,
    Func<CancellationToken, Task<AppAnswer>> SendAsync,
    Func<KeyMapEntry, string?, KeyMapEntry> Landed
)
{
    /// <summary>
    /// How long after a lost answer the write is looked up; null where the app's calls may be under way as long as
    /// those of Intacct.
    /// </summary>
    public TimeSpan? SettleAfter { get; init; }
}

/// <summary>What an app answered to a write.</summary>
public abstract record AppAnswer
{
    private AppAnswer() { }

    /// <summary>It was carried out.</summary>
    /// <param name="TargetId">The id of what was made, where the answer names one.</param>
    public sealed record Done(string? TargetId) : AppAnswer;

    /// <summary>It certainly did nothing.</summary>
    /// <param name="Failure">Why.</param>
    /// <param name="WasSent">False where it did not even go out.</param>
    public sealed record Refused(Failure Failure, bool WasSent = true) : AppAnswer;

    /// <summary>It may have been carried out or not.</summary>
    /// <param name="Detail">What came in place of an answer.</param>
    public sealed record Unknown(string Detail) : AppAnswer;
}
