using System.Xml.Linq;

namespace IntacctSync.Simulators.Intacct.Rules;

/// <summary>
/// The fields that a create or update names, nested elements by dotted name in upper case; a field named with nothing
/// in it is there and empty.
/// </summary>
internal sealed class FieldValues
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Rows of contacts to attach; null where the request names none; empty where it empties the list.
    /// </summary>
    public List<(string Category, string Contact)>? ContactList { get; private set; }

    /// <summary>Rows of ARPYMTDETAILS; null where the request names none.</summary>
    public List<FieldValues>? Details { get; set; }

    /// <summary>Rows of ARADVANCEITEMS; null where the request names none.</summary>
    public List<FieldValues>? Items { get; set; }

    public IReadOnlyDictionary<string, string> All => _values;

    public static FieldValues Of(XElement record)
    {
        var fields = new FieldValues();
        foreach (var element in record.Elements())
            fields.Add("", element);
        return fields;
    }

    public static FieldValues Of(IEnumerable<KeyValuePair<string, string>> values)
    {
        var fields = new FieldValues();
        foreach (var (name, value) in values)
            fields._values[name.ToUpperInvariant()] = value;
        return fields;
    }

    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Empty where it is not named.</summary>
    public string this[string name]
    {
        get => _values.GetValueOrDefault(name, "");
        set => _values[name] = value;
    }

    /// <summary>The fields under one container, without its name.</summary>
    public FieldValues Under(string container) =>
        Of(
            _values
                .Where(v => v.Key.StartsWith(container + ".", StringComparison.OrdinalIgnoreCase))
                .Select(v => KeyValuePair.Create(v.Key[(container.Length + 1)..], v.Value))
        );

    /// <summary>Names a contact to attach.</summary>
    public void Attach(string category, string contact) => (ContactList ??= []).Add((category, contact));

    /// <summary>Empties the list of contacts.</summary>
    public void DetachAll() => ContactList = [];

    private void Add(string prefix, XElement element)
    {
        var name = element.Name.LocalName.ToUpperInvariant();
        if (prefix.Length == 0 && name == "CONTACT_LIST_INFO")
            AddContact(element);
        else if (prefix.Length == 0 && name == "ARPYMTDETAILS")
            Details = [.. element.Elements().Select(Of)];
        else if (prefix.Length == 0 && name == "ARADVANCEITEMS")
            Items = [.. element.Elements().Select(Of)];
        else if (element.HasElements)
            foreach (var inner in element.Elements())
                Add($"{prefix}{name}.", inner);
        else
            _values[prefix + (name == "ISOCOUNTRYCODE" ? "COUNTRYCODE" : name)] = element.Value.Trim();
    }

    private void AddContact(XElement row)
    {
        ContactList ??= [];
        if (row.HasElements)
            ContactList.Add(
                (row.Element("CATEGORYNAME")?.Value ?? "", row.Element("CONTACT")?.Element("NAME")?.Value ?? "")
            );
    }
}
