using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Flows.Writing;

/// <summary>One write to an app that is due.</summary>
/// <param name="Entry">The record's row as it is stored.</param>
/// <param name="Operation">What it does, for example <see cref="Intent.Create"/>.</param>
/// <param name="Call">What is called, for the story.</param>
/// <param name="Body">What is sent, as JSON.</param>
/// <param name="Hash">Of the mapped document that it carries.</param>
/// <param name="NaturalKey">What it can be found by when the reply is lost.</param>
/// <param name="SendAsync">Sends it, and gives the id of what was made where the answer names one.</param>
/// <param name="Landed">The row after it, without the intent; given the row and that id.</param>
public sealed record AppWrite(
    KeyMapEntry Entry,
    string Operation,
    string Call,
    string Body,
    string? Hash,
    string? NaturalKey,
    Func<Task<string?>> SendAsync,
    Func<KeyMapEntry, string?, KeyMapEntry> Landed
);
