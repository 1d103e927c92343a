namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>A row as the service holds it.</summary>
/// <param name="Row">As its reader wants it.</param>
/// <param name="Mark">Which write made it; null where it had no room for that.</param>
internal sealed record StoredRow(TableRow Row, string? Mark);
