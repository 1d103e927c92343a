using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules;

/// <summary>
/// CONTACT_LIST_INFO of a customer: rows named in an update are appended, an empty element deletes the list, a pair of
/// category and name that is there already is skipped without a word. Held as lines of category, tab, name.
/// </summary>
internal static class ContactList
{
    public const string Field = "CONTACT_LIST_INFO";

    public static void Change(WriteContext context, FieldValues fields, Dictionary<string, string> values)
    {
        if (
            fields.All.Keys.FirstOrDefault(k =>
                k.StartsWith("CUSTOMERCONTACTS", StringComparison.Ordinal)
                || k.StartsWith("CUSTOMERENTITYCONTACTS", StringComparison.Ordinal)
            ) is
            { } other
        )
            throw RefusedException.Generic($"This simulator does not serve {other}; use CONTACT_LIST_INFO.");
        if (fields.ContactList is not { } rows)
            return;
        var lines = rows.Count == 0 ? [] : Lines(values.GetValueOrDefault(Field, ""));
        foreach (var (category, name) in rows)
        {
            if (context.Books["CONTACT"].Find(name) is null)
                throw RefusedException.Invalid($"Contact '{name}' specified is not valid.");
            if (!lines.Contains($"{category}\t{name}", StringComparer.Ordinal))
                lines.Add($"{category}\t{name}");
        }
        values[Field] = string.Join('\n', lines);
    }

    /// <summary>
    /// The rows as a read of the whole customer shows them, in the form in which they are written; an empty element for
    /// a list without rows. [assumed: no documentation says that a read shows the list.]
    /// </summary>
    public static IEnumerable<XElement> Shown(StoredRecord customer)
    {
        var lines = Lines(customer.Values.GetValueOrDefault(Field, ""));
        return lines.Count == 0
            ? [new XElement(Field)]
            : lines
                .Select(line => line.Split('\t'))
                .Select(row => new XElement(
                    Field,
                    new XElement("CATEGORYNAME", row[0]),
                    new XElement("CONTACT", new XElement("NAME", row[1]))
                ));
    }

    private static List<string> Lines(string value) => [.. value.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
}
