using System.Xml;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>Custom fields of generic functions are elements named by their integration names.</summary>
internal static class CustomFieldXml
{
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
