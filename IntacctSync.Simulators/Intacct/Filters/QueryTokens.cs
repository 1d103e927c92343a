using System.Text;
using IntacctSync.Simulators.Intacct.Answers;

namespace IntacctSync.Simulators.Intacct.Filters;

/// <summary>
/// Cuts a readByQuery expression into pieces: words, texts in single quotes (a backslash escapes), numbers, symbols.
/// </summary>
internal static class QueryTokens
{
    public static List<Token> Of(string text)
    {
        var tokens = new List<Token>();
        var at = 0;
        while (at < text.Length)
        {
            var c = text[at];
            if (char.IsWhiteSpace(c))
                at++;
            else if (c == '\'')
                tokens.Add(new Token(TokenKind.Text, Quoted(text, ref at)));
            else if (char.IsAsciiLetter(c) || c == '_')
                tokens.Add(
                    new Token(
                        TokenKind.Word,
                        While(text, ref at, x => char.IsAsciiLetterOrDigit(x) || x is '_' or '.' or '-')
                    )
                );
            else if (char.IsAsciiDigit(c) || c == '-')
                tokens.Add(
                    new Token(TokenKind.Number, While(text, ref at, x => char.IsAsciiDigit(x) || x is '.' or '-'))
                );
            else if (c is '<' or '>' or '=' or '!')
                tokens.Add(new Token(TokenKind.Symbol, While(text, ref at, x => x is '<' or '>' or '=' or '!')));
            else if (c is '(' or ')' or ',')
                tokens.Add(new Token(TokenKind.Symbol, text[at++].ToString()));
            else
                throw RefusedException.Processing();
        }
        tokens.Add(new Token(TokenKind.End, ""));
        return tokens;
    }

    private static string Quoted(string text, ref int at)
    {
        var value = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '\'')
            {
                at++;
                return value.ToString();
            }
            if (text[at] == '\\' && at + 1 < text.Length)
                at++;
            value.Append(text[at]);
        }
        throw RefusedException.Processing();
    }

    private static string While(string text, ref int at, Func<char, bool> belongs)
    {
        var from = at;
        while (at < text.Length && belongs(text[at]))
            at++;
        return text[from..at];
    }
}
