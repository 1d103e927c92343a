using System.Collections;

namespace IntacctSync.Core.Intacct.Errors;

/// <summary>The errors of one level in Intacct's order: the root cause first, then what failed because of it.</summary>
public sealed class IntacctErrorChain(IntacctErrorLevel level, IReadOnlyList<IntacctError> errors)
    : IReadOnlyList<IntacctError>
{
    public static IntacctErrorChain Empty { get; } = new(IntacctErrorLevel.Transport, []);

    public IntacctErrorLevel Level { get; } = level;

    public int Count => errors.Count;

    public IntacctError this[int index] => errors[index];

    /// <summary>The first error that is not a mere consequence; else the first; null when there is none.</summary>
    public IntacctError? Cause =>
        errors.FirstOrDefault(e => !IntacctErrors.IsConsequence(e)) ?? (errors.Count > 0 ? errors[0] : null);

    public IntacctFailure Failure => IntacctErrors.Classify(this);

    /// <summary>The first support id in the chain.</summary>
    public string? SupportId => errors.Select(e => e.SupportId).FirstOrDefault(id => id is not null);

    /// <summary>The numbers of all errors, for the log: their texts may quote names and addresses.</summary>
    public string Numbers =>
        errors.Count == 0
            ? "no error number"
            : string.Join(", ", errors.Select(e => e.LogNumber).Distinct(StringComparer.Ordinal));

    public IEnumerator<IntacctError> GetEnumerator() => errors.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The cause, for people: number and text without support ids.</summary>
    public override string ToString() => Cause?.ToString() ?? "no error text";
}

/// <summary>Where in an answer a failure stands; the first level that failed decides.</summary>
public enum IntacctErrorLevel
{
    /// <summary>The HTTP status, or no answer at all.</summary>
    Transport,

    /// <summary>The request as a whole: its form, and its sender.</summary>
    Control,

    /// <summary>The login or session; no function was executed.</summary>
    Authentication,

    /// <summary>One function.</summary>
    Result,
}
