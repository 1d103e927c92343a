namespace IntacctSync.Core.Storage;

/// <summary>Some rows, and where the next ones begin; null when there are no more.</summary>
public sealed record TablePage(IReadOnlyList<TableRow> Rows, string? Continuation);
