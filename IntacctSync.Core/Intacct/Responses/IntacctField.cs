namespace IntacctSync.Core.Intacct.Responses;

/// <summary>A field of a record: a value, or a record inside the record.</summary>
/// <param name="Value">Its text; empty when the element is.</param>
public readonly record struct IntacctField(string Name, string Value, IntacctRecord? Nested = null);
