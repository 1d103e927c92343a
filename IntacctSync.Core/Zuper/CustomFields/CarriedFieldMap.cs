using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.CustomFields;

/// <summary>
/// The custom fields of one kind as those of Intacct: by the connection's map, each in the type that Intacct has it in.
/// Pure.
/// </summary>
/// <param name="kind">What they belong to.</param>
/// <param name="settings">The connection's.</param>
/// <param name="defined">The custom fields that Intacct has for that.</param>
public sealed class CarriedFieldMap(
    CarriedFieldKind kind,
    ZuperConnectionSettings settings,
    IReadOnlyList<CustomFieldDefinition> defined
)
{
    private readonly IReadOnlyDictionary<string, string> _map = kind.Map(settings.CustomFields);

    private readonly CustomFieldDefinition? _copied = CopyOf(kind.CopiedLabel(settings), defined);

    /// <summary>Whether any field is carried.</summary>
    public bool Any => _map.Count > 0 || _copied is not null;

    /// <summary>The fields of Intacct that are written, as Intacct spells them; those that it lacks are not among
    /// them.</summary>
    public IReadOnlyList<string> Names => [.. Definitions().Select(d => d.Name)];

    /// <summary>
    /// The field of Intacct that takes what a field of Zuper says and has its name: as its integration name, or else as
    /// its label. Null where there is none that can be written.
    /// </summary>
    public static CustomFieldDefinition? CopyOf(string? label, IReadOnlyList<CustomFieldDefinition> defined) =>
        label is null ? null
        : (
            CustomFieldDefinition.Among(defined, label)
            ?? defined.FirstOrDefault(d => ComparisonKey.AreEqual(d.Label, label))
        )
            is { IsReadOnly: false } field
            ? field
        : null;

    /// <summary>What Intacct has in the fields that are written, spelled as they are written.</summary>
    /// <param name="value">Its value of a field.</param>
    public IReadOnlyDictionary<string, string?> Spelled(Func<string, string?> value) =>
        Any
            ? Definitions().ToDictionary(d => d.Name, d => Spelled(d, value(d.Name)), StringComparer.Ordinal)
            : CarriedFields.None.Values;

    private string? Spelled(CustomFieldDefinition field, string? value)
    {
        var text = IntacctText.Clean(value);
        return CustomFieldConverter.Convert(text, field, settings) ?? text;
    }

    private IEnumerable<CustomFieldDefinition> Definitions() =>
        _map
            .Values.Select(name => CustomFieldDefinition.Among(defined, name))
            .OfType<CustomFieldDefinition>()
            .Where(d => !d.IsReadOnly)
            .Concat(_copied is { } copied ? [copied] : [])
            .DistinctBy(d => d.Name, StringComparer.Ordinal);

    public CarriedFields Of(ZuperRecord record) => Of(record.CustomFields, record.CustomFieldsKnown);

    /// <summary>Its own fields go before those of its product.</summary>
    public CarriedFields Of(ZuperInvoiceLine line) =>
        Of([.. line.CustomFields, .. line.ProductFields], line.CustomFieldsKnown);

    /// <param name="fields">As Zuper has them.</param>
    /// <param name="known">Whether Zuper says anything of custom fields. Where it does not, none is taken for
    /// empty.</param>
    private CarriedFields Of(IReadOnlyList<ZuperCustomField> fields, bool known)
    {
        if (!Any || !known)
            return CarriedFields.None;
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (label, name) in _map.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            if (ZuperCustomField.UnreadableAmong(fields, label) is { } unreadable)
                return Rejected(unreadable);
            if (CustomFieldDefinition.Among(defined, name) is not { IsReadOnly: false } field)
                return Rejected(Unknown(name));
            if (Put(values, field, label, fields) is { } problem)
                return Rejected(problem);
        }

        // What the map says of a field goes before the copy.
        if (_copied is { } copied && !values.ContainsKey(copied.Name))
        {
            var label = kind.CopiedLabel(settings)!;
            if ((ZuperCustomField.UnreadableAmong(fields, label) ?? Put(values, copied, label, fields)) is { } problem)
                return Rejected(problem);
        }

        return new CarriedFields(values);
    }

    /// <returns>Why the value can't be carried; null where it can.</returns>
    private Problem? Put(
        Dictionary<string, string?> values,
        CustomFieldDefinition field,
        string label,
        IReadOnlyList<ZuperCustomField> fields
    )
    {
        var text = IntacctText.Clean(ZuperCustomField.ValueAmong(fields, label));
        if (CustomFieldConverter.Convert(text, field, settings) is not { } value)
            return OfAnotherType(label, text, field);
        values[field.Name] = value;
        return null;
    }

    private Problem Unknown(string name) =>
        new(
            "custom-field-unknown",
            $"{kind.Setting} names the field {name}, and {PlainWords.Object(kind.Object)} in Intacct have none of that "
                + "name that can be written.",
            $"Make that field in Intacct, or correct {kind.Setting}: it takes integration names of Intacct, such as "
                + "REGION. Then retry all with this cause."
        );

    private static Problem OfAnotherType(string label, string text, CustomFieldDefinition field) =>
        new(
            "custom-field-type",
            $"The custom field '{label}' holds '{VisibleText.Of(text)}', and {field.Name} in Intacct takes "
                + $"{CustomFieldConverter.Takes(field)} only.",
            $"Correct the value in Zuper, or have the settings carry '{label}' to a text field of Intacct, then retry."
        );

    private static CarriedFields Rejected(Problem problem) => CarriedFields.None with { Problem = problem };
}
