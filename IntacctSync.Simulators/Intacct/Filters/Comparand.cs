using System.Globalization;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Filters;

/// <summary>A field as something to compare: typed by the field, null where the record has no value.</summary>
/// <param name="path">Which field.</param>
/// <param name="books">Where related records are.</param>
/// <param name="offset">The user's zone, which instants in a filter are written in.</param>
internal sealed class Comparand(FieldPath path, Books books, TimeSpan offset)
    : IComparer<IComparable?>,
        IEqualityComparer<IComparable>
{
    private static readonly string[] InstantFormats = [FieldPath.TimestampFormat, "MM/dd/yyyy"];

    /// <summary>Texts are compared in any case.</summary>
    public bool IgnoreCase { get; init; }

    /// <summary>Codes are compared in place of labels, as readByQuery does.</summary>
    public bool Raw { get; init; }

    public IComparable? Of(StoredRecord record)
    {
        if (IsInstant)
            return path.Instant(record, books);
        var text = path.Text(record, books, offset);
        return text.Length == 0
            ? null
            : path.Field.Type switch
            {
                FieldType.Integer or FieldType.Decimal => decimal.Parse(text, CultureInfo.InvariantCulture),
                FieldType.Date => DateOnly.ParseExact(text, "MM/dd/yyyy", CultureInfo.InvariantCulture),
                _ => Raw ? path.Field.RawOf(text) : text,
            };
    }

    /// <exception cref="RefusedException">The value does not suit the field.</exception>
    public IComparable Parse(string value)
    {
        if (IsInstant)
            return DateTime.TryParseExact(
                value,
                InstantFormats,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var local
            )
                ? new DateTimeOffset(local, path.Field.Type == FieldType.GmtTimestamp ? TimeSpan.Zero : offset)
                : throw RefusedException.Processing();
        return path.Field.Type switch
        {
            FieldType.Integer or FieldType.Decimal => decimal.TryParse(
                value,
                NumberStyles.Number,
                CultureInfo.InvariantCulture,
                out var number
            )
                ? number
                : throw RefusedException.Processing(),
            FieldType.Date => DateOnly.TryParseExact(
                value,
                "MM/dd/yyyy",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date
            )
                ? date
                : throw RefusedException.Processing(),
            _ => value,
        };
    }

    public int Compare(IComparable? x, IComparable? y) =>
        (x, y) switch
        {
            // Without a value comes last.
            (null, null) => 0,
            (null, _) => 1,
            (_, null) => -1,
            (string a, string b) => string.Compare(
                a,
                b,
                IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal
            ),
            _ => x.CompareTo(y),
        };

    public bool Equals(IComparable? x, IComparable? y) => Compare(x, y) == 0;

    public int GetHashCode(IComparable obj) =>
        obj is string text
            ? text.GetHashCode(IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
            : obj.GetHashCode();

    private bool IsInstant => path.Field.Type is FieldType.Timestamp or FieldType.GmtTimestamp;
}
