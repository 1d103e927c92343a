namespace IntacctSync.Simulators.Intacct.Filters;

/// <summary>What a piece of a readByQuery expression is.</summary>
internal enum TokenKind
{
    Word,
    Text,
    Number,
    Symbol,
    End,
}
