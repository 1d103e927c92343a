using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Waiting;

/// <summary>A record that another one belongs to.</summary>
/// <param name="Flow">Its flow.</param>
/// <param name="SourceId">Its id at the source.</param>
public readonly record struct ParentKey(FlowName Flow, string SourceId)
{
    /// <summary>As <see cref="ToString"/> writes it; null where the text is none.</summary>
    public static ParentKey? Parse(string? text) =>
        text?.IndexOf('/', StringComparison.Ordinal) is { } cut and > 0 && FlowName.TryParse(text[..cut], out var flow)
            ? new ParentKey(flow, text[(cut + 1)..])
            : null;

    public SyncKey Of(ConnectionId connection) => new(connection, Flow, SourceId);

    public override string ToString() => $"{Flow}/{SourceId}";
}
