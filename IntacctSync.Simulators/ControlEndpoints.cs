using System.Text.Json;

namespace IntacctSync.Simulators;

/// <summary>
/// What a simulator offers beside the imitated API: <c>/_sim/requests</c>, <c>/_sim/state/{kind}</c>,
/// <c>/_sim/faults</c>, <c>/_sim/reset</c>.
/// </summary>
internal static class ControlEndpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void MapControl(this IEndpointRouteBuilder endpoints, ISimulator simulator)
    {
        var control = endpoints.MapGroup("/_sim");
        control.MapGet("/requests", () => Results.Json(simulator.Journal.Entries, Json));
        control.MapGet(
            "/state/{kind}",
            (string kind) =>
                simulator.State(kind) is { } state
                    ? Results.Json(state, Json)
                    : Results.Json(
                        new { error = $"'{kind}' is no kind of record that the {simulator.Name} simulator holds." },
                        Json,
                        statusCode: 404
                    )
        );
        control.MapGet("/faults", () => Results.Json(simulator.Faults.Rules, Json));
        control.MapPut(
            "/faults",
            async (HttpRequest request) => await SetFaultsAsync(simulator, request, request.HttpContext.RequestAborted)
        );
        control.MapPost(
            "/reset",
            () =>
            {
                simulator.Reset();
                return Results.NoContent();
            }
        );
    }

    private static async Task<IResult> SetFaultsAsync(
        ISimulator simulator,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        try
        {
            simulator.Faults.Set(
                await JsonSerializer.DeserializeAsync<FaultRule[]>(request.Body, Json, cancellationToken) ?? []
            );
            return Results.Json(simulator.Faults.Rules, Json);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return Results.Json(new { error = e.Message }, Json, statusCode: 400);
        }
    }
}
