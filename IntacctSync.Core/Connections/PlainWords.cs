using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Connections;

/// <summary>Names that programs use, as people read them. Pure.</summary>
public static class PlainWords
{
    /// <summary>A flow without its app: <c>credit-notes</c> is Credit notes.</summary>
    public static string Flow(IAppProfile app, FlowName flow)
    {
        var prefix = app.Name + "-";
        return Sentence(
            flow.Value.StartsWith(prefix, StringComparison.Ordinal) ? flow.Value[prefix.Length..] : flow.Value
        );
    }

    /// <summary>Words with a capital letter first, from words that are joined by dashes.</summary>
    public static string Sentence(string name)
    {
        var words = name.Replace('-', ' ').Trim();
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
