using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Webhooks;

/// <summary>Something happened that webhooks may tell.</summary>
/// <param name="Name">Such as <c>organization.update</c>.</param>
/// <param name="Module">What it is about.</param>
/// <param name="Uid">The record; null where it is about many.</param>
/// <param name="Body">What the payload says about it, before it is flattened.</param>
/// <param name="Actor">Who did it.</param>
internal sealed record WebhookEvent(string Name, ZuperModule Module, string? Uid, JsonObject Body, ZuperActor Actor);
