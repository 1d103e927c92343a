using System.Globalization;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Intacct.Responses;

/// <summary>
/// One record of an answer. Names are compared in any case, since the functions of Intacct differ in it.
/// </summary>
/// <remarks>
/// A field is found whether the answer nests it, as <c>read</c> does, or dots its name, as <c>query</c> does: both are
/// <c>record["DISPLAYCONTACT.EMAIL1"]</c>. An absent field, an empty one and one of white space are all null; only
/// <see cref="Has"/> tells them apart. Attributes are fields named with <c>@</c>.
/// </remarks>
public sealed class IntacctRecord(string name, IReadOnlyList<IntacctField> fields)
{
    /// <summary>The name of its element: CUSTOMER, or customer.</summary>
    public string Name { get; } = name;

    /// <summary>Its fields in the answer's order.</summary>
    public IReadOnlyList<IntacctField> Fields { get; } = fields;

    public string? this[string field] => Find(field) is { Value.Length: > 0 } found ? found.Value : null;

    /// <summary>Whether the answer has the field at all, empty or not.</summary>
    public bool Has(string field) => Find(field) is not null;

    /// <summary>
    /// The records nested under that path, such as <c>ARINVOICEITEMS.ARINVOICEITEM</c>; none when there are none.
    /// </summary>
    public IEnumerable<IntacctRecord> Nested(string path)
    {
        foreach (var field in Fields)
        {
            if (field.Nested is not { } inner)
                continue;
            if (Is(field.Name, path))
                yield return inner;
            else if (IsPrefix(field.Name, path))
            {
                foreach (var deeper in inner.Nested(path[(field.Name.Length + 1)..]))
                    yield return deeper;
            }
        }
    }

    /// <summary>A point in time. Intacct writes it without a zone.</summary>
    /// <param name="field">WHENMODIFIED and most others are in the user's offset, AUWHENCREATED is in GMT.</param>
    /// <param name="offset">The user's offset (<see cref="UserFormatting.GmtOffset"/>), or zero.</param>
    /// <exception cref="FormatException">It is not <c>mm/dd/yyyy</c> with or without <c>hh:mm:ss</c>.</exception>
    public DateTimeOffset? Timestamp(string field, TimeSpan offset) =>
        this[field] is { } text
            ? IntacctTime.TryParse(text, offset, out var time)
                ? time
                : throw Malformed(field, text, "mm/dd/yyyy hh:mm:ss")
            : null;

    /// <summary>
    /// A calendar date: <c>mm/dd/yyyy</c> whatever the company's locale, or the year, month and day of legacy
    /// functions.
    /// </summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public DateOnly? Date(string field)
    {
        var text =
            this[field]
            ?? (this[field + ".year"] is { } year ? $"{this[field + ".month"]}/{this[field + ".day"]}/{year}" : null);
        if (text is null)
            return null;
        return IntacctTime.TryParse(text, TimeSpan.Zero, out var time)
            ? DateOnly.FromDateTime(time.DateTime)
            : throw Malformed(field, text, "mm/dd/yyyy");
    }

    /// <exception cref="FormatException">It is not a number with '.' as its decimal point and without thousands
    /// separators.</exception>
    public decimal? Decimal(string field) =>
        this[field] is not { } text ? null
        : decimal.TryParse(
            text,
            NumberStyles.AllowLeadingSign
                | NumberStyles.AllowDecimalPoint
                | NumberStyles.AllowLeadingWhite
                | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
        : throw Malformed(field, text, "a number such as 1234.56");

    /// <summary>true, false, T or F, depending on the field.</summary>
    /// <exception cref="FormatException">It is none of them.</exception>
    public bool? Boolean(string field) =>
        this[field] switch
        {
            null => null,
            var text when Is(text, "true") || Is(text, "T") => true,
            var text when Is(text, "false") || Is(text, "F") => false,
            var text => throw Malformed(field, text, "true, false, T or F"),
        };

    public override string ToString() => $"{Name} {this["RECORDNO"]}".TrimEnd();

    private IntacctField? Find(string path)
    {
        IntacctField? nested = null;
        foreach (var field in Fields)
        {
            if (Is(field.Name, path))
                return field;
            if (nested is null && field.Nested is { } inner && IsPrefix(field.Name, path))
                nested = inner.Find(path[(field.Name.Length + 1)..]);
        }

        return nested;
    }

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    private static bool IsPrefix(string name, string path) =>
        path.Length > name.Length + 1
        && path[name.Length] == '.'
        && path.StartsWith(name, StringComparison.OrdinalIgnoreCase);

    private UnreadableValueException Malformed(string field, string found, string rule) =>
        new($"{field} of {this} is '{found}'; Intacct writes it as {rule}.");
}

/// <summary>A field of a record: a value, or a record inside the record.</summary>
/// <param name="Value">Its text; empty when the element is.</param>
public readonly record struct IntacctField(string Name, string Value, IntacctRecord? Nested = null);
