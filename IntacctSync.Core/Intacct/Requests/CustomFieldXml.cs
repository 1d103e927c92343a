using System.Xml;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>
/// Custom fields by their integration names. A generic function has an element named so for each; a legacy function has
/// them in a list of names and values.
/// </summary>
internal static class CustomFieldXml
{
    /// <summary>What a changed custom field is remembered under, before its name.</summary>
    private const string Prefix = "CF/";

    /// <summary>What the custom field of that name is remembered under.</summary>
    public static string Remembered(string name) => Prefix + name;

    /// <summary>No custom field.</summary>
    public static IReadOnlyDictionary<string, string?> None { get; } =
        new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>
    /// Those fields that are chosen, by <c>CF/</c> and the name, and by the value; null leaves one out.
    /// </summary>
    public static IReadOnlyDictionary<string, string?> Choose(
        IReadOnlyDictionary<string, string?> fields,
        Func<string, string?, string?> choose
    )
    {
        var chosen = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in fields.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            if (choose(Remembered(name), value) is { } taken)
                chosen[name] = taken;
        }

        return chosen.Count == 0 ? None
            : chosen.Count == fields.Count && chosen.All(c => c.Value == fields[c.Key]) ? fields
            : chosen;
    }

    /// <summary>Without the empty ones: what is new has nothing to be cleared.</summary>
    public static IReadOnlyDictionary<string, string?> WithoutBlanks(IReadOnlyDictionary<string, string?> fields) =>
        Choose(fields, static (_, value) => string.IsNullOrEmpty(value) ? null : value);

    /// <summary>
    /// As legacy functions have them, in the order of their names; nothing where there are none. That an empty value
    /// clears the field is [assumed].
    /// </summary>
    public static void LegacyCustomFields(this XmlWriter writer, IReadOnlyDictionary<string, string?> fields)
    {
        if (fields.Count == 0)
            return;
        writer.Group(
            "customfields",
            list =>
            {
                foreach (var (name, value) in fields.OrderBy(f => f.Key, StringComparer.Ordinal))
                    list.Group(
                        "customfield",
                        field =>
                        {
                            field.Field("customfieldname", name);
                            field.Field("customfieldvalue", value ?? "");
                        }
                    );
            }
        );
    }

    /// <summary>In the order of their names, so that the same values always give the same text.</summary>
    /// <exception cref="ArgumentException">A name is no element name.</exception>
    public static void CustomFields(this XmlWriter writer, IReadOnlyDictionary<string, string?> fields)
    {
        foreach (var (name, value) in fields.OrderBy(f => f.Key, StringComparer.Ordinal))
            writer.Field(Checked(name), value);
    }

    private static string Checked(string name)
    {
        try
        {
            return XmlConvert.VerifyNCName(name);
        }
        catch (XmlException e)
        {
            throw new ArgumentException(
                $"'{name}' is not the integration name of a custom field: those are letters, digits and '_'.",
                nameof(name),
                e
            );
        }
    }
}
