using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Remote;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>One request, as a value.</summary>
/// <param name="Method">Of HTTP.</param>
/// <param name="Route">The path without ids, for logs and traces, for example <c>organization/{uid}</c>.</param>
/// <param name="Address">Where it goes.</param>
internal sealed record ZuperCall(HttpMethod Method, string Route, Uri Address)
{
    /// <summary>Null for the region look-up, which needs no key.</summary>
    public ZuperAccount? Account { get; init; }

    public RequestPriority Priority { get; init; }

    public JsonObject? Body { get; init; }

    /// <summary>True when it changes something, so that a lost answer leaves a question.</summary>
    public bool Writes { get; init; }

    /// <summary>As a problem tells it to people.</summary>
    public string Told => PlainWords.Call(Writes, Route);

    public override string ToString() => $"{Method} {Route}";
}
