using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;

namespace IntacctSync.Simulators.Intacct.Functions;

/// <summary>The <c>options</c> of query.</summary>
/// <param name="IgnoreCase">Texts are compared in any case.</param>
/// <param name="ShowPrivate">At top level, records of private entities are seen too.</param>
internal sealed record QueryOptions(bool IgnoreCase, bool ShowPrivate)
{
    public static QueryOptions Of(XElement query)
    {
        var options = query.Element("options");
        if ((options?.Element("returnformat")?.Value.Trim() ?? "xml") is not "xml" and var format)
            throw RefusedException.Generic($"This simulator does not serve the return format '{format}' yet.");
        return new QueryOptions(Flag(options, "caseinsensitive"), Flag(options, "showprivate"));
    }

    private static bool Flag(XElement? options, string name) => options?.Element(name)?.Value.Trim() == "true";
}
