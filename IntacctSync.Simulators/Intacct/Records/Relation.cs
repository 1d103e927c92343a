namespace IntacctSync.Simulators.Intacct.Records;

/// <summary>A many-to-one relationship that dotted names can follow.</summary>
/// <param name="Path">The first part of the dotted name.</param>
/// <param name="Target">The other object.</param>
/// <param name="KeyField">The own field that holds the other's RECORDNO.</param>
internal sealed record Relation(string Path, string Target, string KeyField);
