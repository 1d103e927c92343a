using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;

namespace IntacctSync.Simulators.Intacct.Requests;

/// <summary>Holds a legacy function, down to its leaves, against <see cref="LegacyGrammar"/>.</summary>
internal static class LegacyCheck
{
    public static IntacctError? Of(XElement call)
    {
        if (!LegacyGrammar.Has(call.Name.LocalName))
            return null;
        return call.DescendantsAndSelf().Select(Element).FirstOrDefault(e => e is not null);
    }

    private static IntacctError? Element(XElement element)
    {
        var name = element.Name.LocalName;
        if (LegacyGrammar.RequiredAttribute(name) is { } attribute && element.Attribute(attribute) is null)
            return SchemaErrors.MissingAttribute(element, attribute);
        foreach (var flag in LegacyGrammar.Flags)
            if (element.Attribute(flag)?.Value is { } value and not ("true" or "false"))
                return SchemaErrors.NotAllowed(element, value, "true", "false");
        if (name == "action" && element.Value is not ("Submit" or "Draft"))
            return SchemaErrors.NotAllowed(element, element.Value, "Submit", "Draft");
        return LegacyGrammar.Model(name) is { } model ? ContentCheck.Of(element, model) : null;
    }
}
