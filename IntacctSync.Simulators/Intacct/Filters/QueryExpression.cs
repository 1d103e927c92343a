using IntacctSync.Simulators.Intacct.Answers;

namespace IntacctSync.Simulators.Intacct.Filters;

/// <summary>
/// Reads the expression of readByQuery: <c>&lt; &gt; &lt;= &gt;= = like, not like, in, not in, IS [NOT] NULL, AND, OR,
/// NOT</c> and brackets. A text that is not in quotes finds nothing, silently; ORDER BY and everything else that is not
/// known is refused with DL02000001.
/// </summary>
/// <param name="text">The expression; blank = all records.</param>
/// <param name="comparand">Finds a field by its name, or refuses it.</param>
internal sealed class QueryExpression(string text, Func<string, Comparand> comparand)
{
    private readonly List<Token> _tokens = QueryTokens.Of(text);
    private int _at;

    private Token Next => _tokens[_at];

    public Condition Read()
    {
        if (Next.Kind == TokenKind.End)
            return Conditions.All;
        var condition = Either();
        return Next.Kind == TokenKind.End ? condition : throw RefusedException.Processing();
    }

    private Condition Either()
    {
        List<Condition> parts = [Both()];
        while (Take("or"))
            parts.Add(Both());
        return parts.Count == 1 ? parts[0] : Conditions.Or(parts);
    }

    private Condition Both()
    {
        List<Condition> parts = [Single()];
        while (Take("and"))
            parts.Add(Single());
        return parts.Count == 1 ? parts[0] : Conditions.And(parts);
    }

    private Condition Single()
    {
        if (Take("not"))
            return Conditions.Not(Single());
        if (Take("("))
        {
            var inner = Either();
            Need(")");
            return inner;
        }
        if (Next.Kind != TokenKind.Word)
            throw RefusedException.Processing();
        return Comparison(comparand(Take().Value));
    }

    private Condition Comparison(Comparand field)
    {
        if (Take("is"))
        {
            var negated = Take("not");
            Need("null");
            return negated ? Conditions.Not(Conditions.IsNull(field)) : Conditions.IsNull(field);
        }
        if (Take("not"))
            return Conditions.Not(LikeOrIn(field));
        if (Next.Is("like") || Next.Is("in"))
            return LikeOrIn(field);
        var sign = Take();
        Func<int, bool> holds = sign.Value switch
        {
            "=" => s => s == 0,
            "!=" or "<>" => s => s != 0,
            "<" => s => s < 0,
            "<=" => s => s <= 0,
            ">" => s => s > 0,
            ">=" => s => s >= 0,
            _ => throw RefusedException.Processing(),
        };
        return Value(value => Conditions.Compare(field, value, holds));
    }

    private Condition LikeOrIn(Comparand field)
    {
        if (Take("like"))
            return Value(value => Conditions.Like(field, value));
        Need("in");
        Need("(");
        List<string> values = [Take().Value];
        while (Take(","))
            values.Add(Take().Value);
        Need(")");
        return Conditions.In(field, values);
    }

    private Condition Value(Func<string, Condition> make)
    {
        var token = Take();
        return token.Kind switch
        {
            TokenKind.Text or TokenKind.Number => make(token.Value),
            TokenKind.Word => _ => null,
            _ => throw RefusedException.Processing(),
        };
    }

    private Token Take() => _tokens[_at].Kind == TokenKind.End ? throw RefusedException.Processing() : _tokens[_at++];

    private bool Take(string word)
    {
        if (!Next.Is(word))
            return false;
        _at++;
        return true;
    }

    private void Need(string word)
    {
        if (!Take(word))
            throw RefusedException.Processing();
    }
}
