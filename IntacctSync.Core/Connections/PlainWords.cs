using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Connections;

/// <summary>Names that programs use, as people read them. Pure.</summary>
public static class PlainWords
{
    /// <summary>A flow without its app: <c>credit-notes</c> is Credit notes.</summary>
    public static string Flow(IAppProfile app, FlowName flow)
    {
        var prefix = app.Name + "-";
        return Sentence(
            flow.Value.StartsWith(prefix, StringComparison.Ordinal) ? flow.Value[prefix.Length..] : flow.Value
        );
    }

    /// <summary>The same of a flow that a text names; null where the app has none of that name.</summary>
    public static string? Flow(IAppProfile app, string name) =>
        FlowName.TryParse(name, out var flow) && app.Flows.Any(f => f.Name == flow) ? Flow(app, flow) : null;

    /// <summary>A field that is compared: <c>dueDate</c> is due date, <c>EMAIL1</c> is e-mail address.</summary>
    public static string Field(string name) =>
        name switch
        {
            "PRINTAS" => "name to print",
            "COMPANYNAME" => "company name",
            "FIRSTNAME" => "first name",
            "LASTNAME" => "last name",
            "CONTACTNAME" => "contact name",
            "EMAIL1" => "e-mail address",
            "EMAIL2" => "second e-mail address",
            "PHONE1" => "telephone",
            "PHONE2" => "second telephone",
            "CELLPHONE" => "mobile telephone",
            "ADDRESS1" => "address",
            "ADDRESS2" => "second line of the address",
            "STATE" => "state of the address",
            "ZIP" => "post code",
            _ => Plain(name),
        };

    /// <summary>The records of an object of Intacct: <c>ARPYMT</c> is payments.</summary>
    public static string Object(string name) =>
        name switch
        {
            "ARINVOICE" => "invoices",
            "ARINVOICEITEM" => "invoice lines",
            "ARPYMT" => "payments",
            "ARADJUSTMENT" => "adjustments",
            "ARADVANCE" => "advances",
            "SODOCUMENT" => "Order Entry transactions",
            "SODOCUMENTENTRY" => "lines of Order Entry transactions",
            "GLACCOUNT" => "GL accounts",
            "ARACCOUNTLABEL" => "account labels",
            "ARTERM" => "AR terms",
            "CLASS" => "classes",
            "CHECKINGACCOUNT" => "bank accounts",
            "SODOCUMENTPARAMS" => "transaction definitions",
            _ => name.ToLowerInvariant() + "s",
        };

    /// <summary>A call of an app: <c>PATCH custom_fields</c> is the change of custom fields.</summary>
    /// <param name="writes">Whether it changes something.</param>
    /// <param name="route">Its path, with ids in braces.</param>
    public static string Call(bool writes, string route) =>
        (writes ? "the change of " : "the reading of ")
        + string.Join(
            ' ',
            route
                .Split('/', StringSplitOptions.RemoveEmptyEntries)
                .Where(part => !part.StartsWith('{'))
                .Select(part => Plain(part.Replace('_', ' ')))
        );

    private static string Plain(string name) =>
        name.Any(char.IsAsciiLetterLower)
            ? string.Concat(name.Select(c => char.IsAsciiLetterUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"))
            : name.ToLowerInvariant();

    /// <summary>Words with a capital letter first, from words that are joined by dashes.</summary>
    public static string Sentence(string name)
    {
        var words = name.Replace('-', ' ').Trim();
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
