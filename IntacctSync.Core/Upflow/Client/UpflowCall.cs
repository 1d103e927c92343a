using IntacctSync.Core.Connections;
using IntacctSync.Core.Remote;

namespace IntacctSync.Core.Upflow.Client;

/// <summary>One request, as a value.</summary>
/// <param name="Account">Whom it asks.</param>
/// <param name="Method">Of HTTP.</param>
/// <param name="Route">The path without ids, for logs and traces, for example <c>invoices/{id}</c>.</param>
/// <param name="Address">Where it goes.</param>
internal sealed record UpflowCall(UpflowAccount Account, HttpMethod Method, string Route, Uri Address)
{
    public RequestPriority Priority { get; init; }

    /// <summary>The customer that it is about; null where it is about none.</summary>
    public string? Customer { get; init; }

    /// <summary>JSON in UTF-8; null for none.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>True when it changes something, so that a lost answer leaves a question.</summary>
    public bool Writes => Method != HttpMethod.Get;

    /// <summary>As a problem tells it to people.</summary>
    public string Told => PlainWords.Call(Writes, Route);

    public override string ToString() => $"{Method} {Route}";
}
