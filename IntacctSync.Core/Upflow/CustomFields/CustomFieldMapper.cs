using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.CustomFields;

/// <summary>
/// The custom fields of a record of Intacct as those of Upflow: by the connection's map, each in the type that Upflow
/// has it in. Pure.
/// </summary>
internal static class CustomFieldMapper
{
    /// <param name="kind">What the record is.</param>
    /// <param name="maps">The connection's maps.</param>
    /// <param name="row">The record.</param>
    /// <param name="defined">The fields that Upflow has for it.</param>
    public static Mapped<IReadOnlyList<UpflowFieldValue>> Map(
        CustomFieldKind kind,
        CustomFieldMaps maps,
        IntacctRecord row,
        IReadOnlyList<UpflowFieldDefinition> defined
    )
    {
        var values = new List<UpflowFieldValue>();
        foreach (var (source, target) in kind.Map(maps).OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            if (!row.Has(source))
                return Rejected(
                    "upflow-custom-field-source",
                    $"{kind.Setting} names the field {source}, and {PlainWords.Object(kind.Object)} in Intacct have "
                        + "none of that name.",
                    $"Correct {kind.Setting}: it takes integration names of Intacct, such as REGION. Then retry all "
                        + "with this cause."
                );
            if (defined.FirstOrDefault(f => ComparisonKey.AreEqual(f.Name, target)) is not { } field)
                return Rejected(
                    "upflow-custom-field-target",
                    $"{kind.Setting} names the field '{target}', and Upflow has none of that name for this.",
                    $"Make it in Upflow under Settings > Custom fields, or correct {kind.Setting}. Then retry all "
                        + "with this cause."
                );
            var text = (row[source] ?? "").Replace("#~#", ", ", StringComparison.Ordinal).Trim();
            if (Converted(text, field.Type) is not { } value)
                return Rejected(
                    "upflow-custom-field-type",
                    $"The field {source} holds '{VisibleText.Of(text)}', and '{field.Name}' in Upflow takes "
                        + $"{field.Type} only.",
                    $"Correct the value in Intacct, or map {source} to a text field of Upflow, then retry."
                );
            values.Add(new UpflowFieldValue(field.Id, value));
        }

        return new Mapped<IReadOnlyList<UpflowFieldValue>>.Document(values, "");
    }

    /// <summary>The text in the type; null where it is none of that type.</summary>
    private static string? Converted(string text, string? type) =>
        text.Length == 0
            ? ""
            : type switch
            {
                "NUMBER" => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
                    ? number.ToString(CultureInfo.InvariantCulture)
                    : null,
                "DATE" => IntacctTime.TryParse(text, TimeSpan.Zero, out var day)
                    ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                    : null,
                "BOOLEAN" => text.ToUpperInvariant() switch
                {
                    "TRUE" or "T" => "true",
                    "FALSE" or "F" => "false",
                    _ => null,
                },
                _ => text,
            };

    private static Mapped<IReadOnlyList<UpflowFieldValue>> Rejected(string code, string message, string fix) =>
        new Mapped<IReadOnlyList<UpflowFieldValue>>.Rejected(new Problem(code, message, fix));
}
