using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Flows.Writing;

/// <summary>One write that is due.</summary>
/// <param name="Entry">The record's row as it is stored.</param>
/// <param name="EventIds">Stored with the outcome.</param>
/// <param name="Operation"><see cref="Intent.Create"/>, <see cref="Intent.Update"/> or
/// <see cref="Intent.Reverse"/>.</param>
/// <param name="Hash">Of the mapped document that it carries; null where it carries less than the whole, so that the
/// next pass writes.</param>
/// <param name="NaturalKey">What a create can be found by.</param>
/// <param name="Version">When the source says that what is written had changed.</param>
/// <param name="Build">Makes the function; null where no field is to be written, so that nothing is sent and only the
/// row follows.</param>
public sealed record PlannedWrite(
    KeyMapEntry Entry,
    IReadOnlyList<string> EventIds,
    string Operation,
    string? Hash,
    string? NaturalKey,
    DateTimeOffset? Version,
    Func<ControlId, IntacctFunction>? Build
)
{
    /// <summary>What the row's fingerprints become when it landed; null for none.</summary>
    public string? Fingerprints { get; init; }

    /// <summary>As <see cref="Intent.Total"/>.</summary>
    public decimal? Total { get; init; }

    /// <summary>As <see cref="Intent.Date"/>.</summary>
    public DateOnly? Date { get; init; }

    public string SourceId => Entry.Key.SourceId;
}
