using System.Globalization;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules;

/// <summary>
/// Checks of single values: length, format, what may be set. The texts are [assumed], the number is the one of recorded
/// validation failures.
/// </summary>
internal static class FieldChecks
{
    private const string RefusedInIds = "&,<>#?";

    /// <summary>Takes the fields that the object has and may be set, checked; notes the rest as ignored.</summary>
    public static Dictionary<string, string> Take(
        WriteContext context,
        ObjectDefinition definition,
        FieldValues fields,
        params IReadOnlyList<string> containers
    )
    {
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in fields.All)
        {
            if (name == "RECORDNO" || containers.Any(c => name.StartsWith(c, StringComparison.OrdinalIgnoreCase)))
                continue;
            var field = definition.Field(name) ?? context.Options.CustomField(definition.Name, name);
            if (field is null || field.ReadOnly)
                context.IgnoredFields.Add($"{definition.Name}.{name}");
            else
                taken[name] = context.Options.Strict ? Checked(definition, field, value) : value;
        }
        return taken;
    }

    /// <summary>A field that must have a value: when an object is made, and when one is changed and names it.</summary>
    public static void Require(ObjectDefinition definition, FieldValues fields, string name, bool creating)
    {
        if (fields[name].Length == 0 && (creating || fields.Has(name)))
            throw RefusedException.Invalid($"Required field {name} of {definition.Title} is missing or blank");
    }

    /// <summary>An id holds none of <c>&amp; , &lt; &gt; # ?</c>.</summary>
    public static void RequireIdCharacters(WriteContext context, ObjectDefinition definition, string id)
    {
        if (context.Options.Strict && id.IndexOfAny([.. RefusedInIds]) is >= 0 and var at)
            throw RefusedException.Invalid(
                $"Illegal character '{id[at]}' in {definition.KeyField} of {definition.Title} : {id}"
            );
    }

    /// <summary>The value, if the field takes it; an empty one clears the field.</summary>
    public static string Checked(ObjectDefinition definition, FieldDefinition field, string value)
    {
        if (value.Length == 0)
            return value;
        if (field.MaxLength > 0 && value.Length > field.MaxLength)
            throw RefusedException.Invalid(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Illegal value for {definition.Title} : {field.Name} has {value.Length} characters, at "
                        + $"most {field.MaxLength} are allowed"
                )
            );
        if (field.Values.Count > 0 && field.Values.All(v => v.Label != value))
            throw RefusedException.Invalid(
                $"Illegal value for {definition.Title} : {field.Name} '{value}' is not one of "
                    + $"{string.Join(", ", field.Values.Select(v => v.Label))}"
            );
        var valid = field.Type switch
        {
            FieldType.Integer => long.TryParse(
                value,
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out _
            ),
            FieldType.Decimal => decimal.TryParse(
                value,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out _
            ),
            FieldType.Boolean => value is "true" or "false" or "T" or "F",
            FieldType.Date => DateOnly.TryParseExact(
                value,
                "MM/dd/yyyy",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out _
            ),
            _ => true,
        };
        return valid
            ? value
            : throw RefusedException.Invalid($"Illegal format for {definition.Title} : {field.Name} {value}");
    }
}
