namespace IntacctSync.Core.Intacct.Errors;

/// <summary>One line of the classification table. A part that is null matches anything; the texts must all be found, in any case.</summary>
internal sealed record ErrorRule(IntacctFailure Failure, IntacctErrorLevel? Level, string? Number, params string[] Texts)
{
    public bool Matches(IntacctErrorLevel level, IntacctError error) =>
        (Level is null || Level == level)
        && (Number is null || string.Equals(Number, error.Number, StringComparison.OrdinalIgnoreCase) || string.Equals(Number, error.ErrorId, StringComparison.OrdinalIgnoreCase))
        && (Texts.Length == 0 || Texts.All($"{error.Number} {error.ComparableText} {error.MessageId}".Replace('’', '\'').ContainsIgnoringCase));
}
