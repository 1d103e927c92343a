using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Webhooks;

namespace IntacctSync.Simulators.Zuper.Api;

/// <summary>
/// The look-up of the account that a key belongs to. Public tools call the route with <c>x-api-key</c>; the body is
/// [assumed], <c>company_uid</c> being what the bodies of webhooks call it.
/// </summary>
internal static class AccountRoutes
{
    private const string OtherCompanyUid = "0a7c1f5e-93d2-4c61-8b0e-5d2f6a914c37";

    public static IEnumerable<ZuperRoute> For(ZuperSimulatorOptions options) =>
        [new("GET", "/api/user/company", _ => Company(WebhookDispatcher.CompanyUid, options.CompanyName))];

    /// <summary>What a key of another account of the same host is answered: it has no records of this one.</summary>
    public static ZuperAnswer OfOtherAccount(ZuperRoute route) =>
        route switch
        {
            { Template: "/api/user/company" } => Company(OtherCompanyUid, "another"),
            _ when route.Template.Contains("{uid}", StringComparison.Ordinal) => NotFound(route),
            _ => ZuperAnswer.Json(
                new JsonObject
                {
                    ["type"] = "success",
                    ["data"] = new JsonArray(),
                    ["total_records"] = 0,
                    ["current_page"] = 1,
                    ["total_pages"] = 0,
                }
            ),
        };

    /// <summary>What a uid is answered that the account does not know.</summary>
    public static ZuperAnswer NotFound(ZuperRoute? route) =>
        ZuperAnswer.Error(StatusCodes.Status404NotFound, "", $"Invalid {route?.Module?.Name ?? "Record"} UID");

    private static ZuperAnswer Company(string uid, string name) =>
        ZuperAnswer.Json(
            new JsonObject
            {
                ["type"] = "success",
                ["data"] = new JsonObject { ["company_uid"] = uid, ["company_name"] = name },
            }
        );
}
