using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Flows;

/// <summary>What became of one write: the row as it is stored now, and what went wrong if anything did.</summary>
/// <param name="Entry">The record's row.</param>
/// <param name="Failure">Null when the write landed.</param>
/// <param name="Result">Intacct's answer, where there was one.</param>
public sealed record WriteOutcome(KeyMapEntry Entry, Failure? Failure, FunctionResult? Result = null);
