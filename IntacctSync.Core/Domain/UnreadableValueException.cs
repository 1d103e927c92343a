namespace IntacctSync.Core.Domain;

/// <summary>
/// A value that a remote system gave of a record is not written as it writes such values, so nothing can be concluded
/// from it. The message names the record, the field and the rule.
/// </summary>
public sealed class UnreadableValueException(string message) : FormatException(message);
