using System.Globalization;
using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;

namespace IntacctSync.Simulators.Intacct.Rules;

/// <summary>Reads the elements of legacy functions.</summary>
internal static class LegacyValues
{
    public static bool Has(this XElement element, string name) => element.Element(name) is not null;

    /// <summary>Empty where it is not there.</summary>
    public static string Text(this XElement element, string name) => element.Element(name)?.Value.Trim() ?? "";

    public static bool Flag(this XElement element, string attribute) => element.Attribute(attribute)?.Value == "true";

    /// <summary>A date of year, month and day; null where it is not there.</summary>
    public static DateOnly? Date(this XElement element, string name)
    {
        if (element.Element(name) is not { } date)
            return null;
        var text = $"{date.Text("year")}-{date.Text("month").PadLeft(2, '0')}-{date.Text("day").PadLeft(2, '0')}";
        return DateOnly.TryParseExact(
            text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var read
        )
            ? read
            : throw RefusedException.Invalid($"Illegal date '{text}' for {name}");
    }

    public static decimal Number(this XElement element, string name) => Number(element.Text(name), name);

    public static decimal Number(string text, string name) =>
        decimal.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : throw RefusedException.Invalid($"Illegal value '{text}' for {name}");

    /// <summary>The name in <c>billto</c> and its like; null where it is not there.</summary>
    public static string? Contact(this XElement element, string name)
    {
        if (element.Element(name) is not { } contact)
            return null;
        return contact.Has("contact")
            ? throw RefusedException.Generic(
                $"This simulator does not serve a new contact in {name}; name an existing one."
            )
            : contact.Text("contactname");
    }

    /// <summary>
    /// Takes custom fields over. One that the object does not have, or that only Intacct sets, and a value of another
    /// type are refused; an empty value clears the field [assumed].
    /// </summary>
    public static void TakeCustomFields(
        this XElement element,
        WriteContext context,
        string definition,
        Dictionary<string, string> values
    )
    {
        foreach (var field in element.Elements("customfields").Elements("customfield"))
        {
            var name = field.Text("customfieldname");
            if (context.Options.CustomField(definition, name) is not { ReadOnly: false } known)
                throw RefusedException.Invalid($"The custom field '{name}' is not valid.");
            var value = field.Text("customfieldvalue");
            values[known.Name] = context.Options.Strict
                ? FieldChecks.Checked(context.Table(definition).Definition, known, value)
                : value;
        }
    }
}
