namespace IntacctSync.Simulators.Intacct.Requests;

/// <summary>
/// Reads a content model from text: names separated by spaces in their order, <c>?</c> optional, <c>+</c> once or more,
/// <c>*</c> any number, <c>( a b )</c> a group, <c>( a | b )</c> a choice, <c>{ a b }</c> any order.
/// </summary>
internal static class ContentModel
{
    public static Particle Parse(string model)
    {
        var words = new Queue<string>(
            model
                .Replace("(", " ( ", StringComparison.Ordinal)
                .Replace(")", " ) ", StringComparison.Ordinal)
                .Replace("{", " { ", StringComparison.Ordinal)
                .Replace("}", " } ", StringComparison.Ordinal)
                .Replace(") ?", ")?", StringComparison.Ordinal)
                .Replace(") *", ")*", StringComparison.Ordinal)
                .Replace(") +", ")+", StringComparison.Ordinal)
                .Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
        );
        return Group(words, out _);
    }

    private static Particle Group(Queue<string> words, out string end)
    {
        var parts = new List<Particle>();
        var choice = false;
        end = "";
        while (words.TryDequeue(out var word))
        {
            if (word[0] is ')' or '}')
            {
                end = word;
                break;
            }
            if (word == "|")
                choice = true;
            else if (word is "(" or "{")
                parts.Add(Counted(Group(words, out var close), close, word == "{"));
            else
                parts.Add(
                    Counted(new Particle(ParticleKind.Name, word.TrimEnd('?', '+', '*'), []), word, anyOrder: false)
                );
        }
        return new Particle(
            choice ? ParticleKind.Choice : ParticleKind.Sequence,
            "",
            parts,
            Required: choice || parts.Any(p => p.Required)
        );
    }

    private static Particle Counted(Particle particle, string word, bool anyOrder) =>
        particle with
        {
            Kind = anyOrder ? ParticleKind.AnyOrder : particle.Kind,
            Required = particle.Required && word[^1] is not ('?' or '*'),
            Repeats = word[^1] is '+' or '*',
        };
}
