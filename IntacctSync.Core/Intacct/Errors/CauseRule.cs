namespace IntacctSync.Core.Intacct.Errors;

/// <summary>One line of the table of causes. A number that is null matches any; the texts must all be found, in any case.</summary>
internal sealed record CauseRule(string Code, string? Number, params string[] Texts)
{
    public bool Matches(IntacctError error, string text) =>
        (Number is null || string.Equals(Number, error.Number, StringComparison.OrdinalIgnoreCase))
        && Texts.All(text.ContainsIgnoringCase);
}
