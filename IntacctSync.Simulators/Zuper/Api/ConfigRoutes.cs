using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Api;

/// <summary>
/// The region look-up of the accounts host, which answers this very address
/// (developers.zuper.co/reference/getting-started-with-your-api).
/// </summary>
internal static class ConfigRoutes
{
    public static IEnumerable<ZuperRoute> For(ZuperSimulatorOptions options) =>
        [new("POST", "/api/config", request => Region(options, request), NeedsKey: false)];

    private static ZuperAnswer Region(ZuperSimulatorOptions options, ZuperRequest request)
    {
        if (request.Object.Text("company_name") is not { Length: > 0 } name)
            throw new ZuperRefusal(StatusCodes.Status400BadRequest, "Invalid Company Name", "Company name is missing");
        if (!name.Equals(options.CompanyName, StringComparison.OrdinalIgnoreCase))
            throw new ZuperRefusal(
                StatusCodes.Status404NotFound,
                "Invalid Company Name",
                "No company found for the given name"
            );
        return ZuperAnswer.Json(
            new JsonObject
            {
                ["type"] = "success",
                ["config"] = new JsonObject
                {
                    ["dc_name"] = "sandbox-1",
                    ["dc_provider"] = "LOCAL",
                    ["dc_country"] = "LOCAL",
                    ["dc_api_url"] = request.Origin,
                    ["dc_socket_url"] = request.Origin,
                },
            }
        );
    }
}
