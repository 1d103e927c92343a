namespace IntacctSync.Simulators.Intacct.Records;

/// <summary>The lines that an object owns.</summary>
/// <param name="Container">The element that holds them in a read: <c>ARINVOICEITEMS</c>.</param>
/// <param name="Target">The object that the lines are.</param>
/// <param name="KeyField">The line's field that holds the owner's RECORDNO.</param>
internal sealed record LineRelation(string Container, string Target, string KeyField);
