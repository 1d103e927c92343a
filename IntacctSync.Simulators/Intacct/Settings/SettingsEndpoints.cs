namespace IntacctSync.Simulators.Intacct.Settings;

/// <summary>
/// <c>PUT /_sim/settings</c>: changes switches while the simulator runs; what is left out stays. <c>GET</c> shows them.
/// </summary>
internal static class SettingsEndpoints
{
    public static void MapSettings(this IEndpointRouteBuilder endpoints, IntacctSimulator simulator)
    {
        endpoints.MapGet("/_sim/settings", () => Results.Json(LiveSettings.Of(simulator.Options)));
        endpoints.MapPut(
            "/_sim/settings",
            (LiveSettings settings) =>
            {
                settings.ApplyTo(simulator.Options);
                return Results.Json(LiveSettings.Of(simulator.Options));
            }
        );
    }
}
