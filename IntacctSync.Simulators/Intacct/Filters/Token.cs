namespace IntacctSync.Simulators.Intacct.Filters;

/// <summary>A piece of a readByQuery expression.</summary>
internal sealed record Token(TokenKind Kind, string Value)
{
    public bool Is(string word) =>
        Kind is TokenKind.Word or TokenKind.Symbol && Value.Equals(word, StringComparison.OrdinalIgnoreCase);
}
