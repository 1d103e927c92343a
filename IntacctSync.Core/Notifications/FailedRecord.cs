using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Notifications;

/// <summary>A failure with everything that its e-mail says.</summary>
/// <param name="Notice">Which it is.</param>
/// <param name="Title">What a person calls the record; null where it has no name yet.</param>
/// <param name="Problem">Why it is not synced, and what to do.</param>
public sealed record FailedRecord(Notice Notice, string? Title, Problem Problem)
{
    /// <summary>The name of the customer whom it concerns; null where none is known.</summary>
    public string? Customer { get; init; }

    /// <summary>Its amount and date; null for a record that has neither.</summary>
    public RecordFacts? Facts { get; init; }

    /// <summary>Its title where it is a document, which has a number; null of a person or a company.</summary>
    public string? DocumentNumber => Facts?.Amount is null ? null : Title;

    /// <summary>Customer, amount and date in one line, as far as they are known. Pure.</summary>
    public string About =>
        string.Join(
            ", ",
            new[]
            {
                Customer,
                Facts?.Amount is { } amount
                    ? amount.ToString("#,0.00##", CultureInfo.InvariantCulture)
                        + (Facts.Currency is null ? "" : " " + Facts.Currency)
                    : null,
                Facts?.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            }.Where(part => !string.IsNullOrWhiteSpace(part) && part != Title)
        );
}
