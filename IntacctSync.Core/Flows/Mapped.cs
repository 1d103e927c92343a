using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Flows;

/// <summary>What mapping gave: a document, or the one thing that a person must change first.</summary>
public abstract record Mapped<T>
{
    private Mapped() { }

    /// <param name="Value">What to write. A text that is empty at the source is empty here, so that an update clears
    /// it.</param>
    /// <param name="Hash">Equal documents have equal hashes.</param>
    public sealed record Document(T Value, string Hash) : Mapped<T>;

    public sealed record Rejected(Problem Problem) : Mapped<T>;
}
