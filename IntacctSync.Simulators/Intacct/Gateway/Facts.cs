using IntacctSync.Simulators.Intacct.Requests;

namespace IntacctSync.Simulators.Intacct.Gateway;

/// <summary>What a request or function is, for the matches of fault rules.</summary>
internal static class Facts
{
    public static List<KeyValuePair<string, string>> Of(GatewayRequest request, Session? session)
    {
        List<KeyValuePair<string, string>> facts = [new("sender", request.Control.SenderId)];
        if (session is not null)
            facts.AddRange([
                new("company", session.Company.Id),
                new("user", session.User.UserId),
                new("entity", session.Entity),
            ]);
        foreach (var login in request.Operations.Select(o => o.Login).Where(l => l is not null))
            facts.AddRange([
                new("company", login!.Element("companyid")!.Value),
                new("user", login.Element("userid")!.Value),
            ]);
        foreach (var call in request.Functions)
            facts.AddRange(Of(call));
        return facts;
    }

    public static List<KeyValuePair<string, string>> Of(FunctionCall call) =>
        [new("function", call.Name), new("object", call.Object), new("controlid", call.ControlId)];
}
