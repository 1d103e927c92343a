using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Intacct;

/// <summary>
/// One function of a request, fixed as text once, so that the same bytes can be stored and sent again.
/// </summary>
/// <param name="ControlId">Matches the result to it; when a request says <c>uniqueid</c>, Intacct executes it only
/// once.</param>
/// <param name="Name">What Intacct calls it, for example <c>create</c> or <c>create_invoice</c>.</param>
/// <param name="Xml">The element inside <c>function</c>, with neither declaration nor surrounding white space.</param>
public sealed record IntacctFunction(ControlId ControlId, string Name, string Xml)
{
    /// <summary>The function without its data, which may be confidential.</summary>
    public override string ToString() => $"{Name} {ControlId}";
}
