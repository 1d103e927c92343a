using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;

namespace IntacctSync.Simulators.Intacct.Requests;

/// <summary>
/// Holds the children of an element against a content model. No model here needs more than one element of look-ahead.
/// </summary>
internal static class ContentCheck
{
    /// <summary>Null where the children are as they must be.</summary>
    public static IntacctError? Of(XElement element, Particle model)
    {
        var children = element.Elements().ToList();
        var at = 0;
        var missing = Match(children, ref at, model);
        if (missing is not null)
            return at < children.Count
                ? SchemaErrors.Unexpected(children[at], missing)
                : SchemaErrors.Incomplete(element, missing);
        return at < children.Count ? SchemaErrors.Unexpected(children[at]) : null;
    }

    /// <summary>
    /// Consumes what the particle takes; answers what was expected where a required part is not there.
    /// </summary>
    private static IReadOnlyCollection<string>? Match(List<XElement> children, ref int at, Particle particle)
    {
        if (!Starts(children, at, particle))
            return particle.Required ? [.. particle.First.Distinct(StringComparer.Ordinal)] : null;
        do
        {
            if (Once(children, ref at, particle) is { } missing)
                return missing;
        } while (particle.Repeats && Starts(children, at, particle));
        return null;
    }

    private static IReadOnlyCollection<string>? Once(List<XElement> children, ref int at, Particle particle)
    {
        switch (particle.Kind)
        {
            case ParticleKind.Name:
                at++;
                return null;
            case ParticleKind.Choice:
                var first = at;
                return Match(children, ref at, particle.Parts.First(p => Starts(children, first, p)));
            case ParticleKind.AnyOrder:
                return AnyOrder(children, ref at, particle);
            default:
                foreach (var part in particle.Parts)
                    if (Match(children, ref at, part) is { } missing)
                        return missing;
                return null;
        }
    }

    private static List<string>? AnyOrder(List<XElement> children, ref int at, Particle particle)
    {
        var left = particle.Parts.ToList();
        for (; at < children.Count; at++)
        {
            var name = children[at].Name.LocalName;
            if (left.RemoveAll(p => p.Name == name) == 0)
                break;
        }
        var required = left.Where(p => p.Required).Select(p => p.Name).ToList();
        return required.Count > 0 ? required : null;
    }

    private static bool Starts(List<XElement> children, int at, Particle particle) =>
        at < children.Count && particle.First.Contains(children[at].Name.LocalName, StringComparer.Ordinal);
}
