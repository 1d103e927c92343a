using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Requests;

namespace IntacctSync.Simulators.Intacct.Functions;

/// <summary>
/// getAPISession: a session at the address that was called, for the entity named or the one signed in to.
/// </summary>
internal static class SessionFunction
{
    public static FunctionResult Run(CallContext context, FunctionCall call, FunctionResult result)
    {
        var entity = call.Element.Element("locationid")?.Value.Trim() ?? context.Session.Entity;
        if (entity.Length > 0 && !context.Company.Setup.Entities.Contains(entity, StringComparer.Ordinal))
            throw new RefusedException(new IntacctError("Get API Session Failed", $"Location '{entity}' is not valid"));
        var session = context.Sessions.Open(context.Session with { Entity = entity });
        return result with
        {
            Data = new XElement(
                "data",
                new XElement(
                    "api",
                    new XElement("sessionid", session.Id),
                    new XElement("endpoint", session.Endpoint),
                    new XElement("locationid", entity)
                )
            ),
        };
    }
}
