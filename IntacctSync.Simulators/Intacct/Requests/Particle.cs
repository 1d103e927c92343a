namespace IntacctSync.Simulators.Intacct.Requests;

/// <summary>
/// A part of a content model: a name, a sequence, a choice, or a set in any order; with how often it may come.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Of a name; empty else.</param>
/// <param name="Parts">Of the others.</param>
/// <param name="Required">Whether it must come.</param>
/// <param name="Repeats">Whether it may come again.</param>
internal sealed record Particle(
    ParticleKind Kind,
    string Name,
    IReadOnlyList<Particle> Parts,
    bool Required = true,
    bool Repeats = false
)
{
    /// <summary>The names it can begin with.</summary>
    public IEnumerable<string> First =>
        Kind switch
        {
            ParticleKind.Name => [Name],
            ParticleKind.Sequence => Parts.Take(Parts.TakeWhile(p => !p.Required).Count() + 1).SelectMany(p => p.First),
            _ => Parts.SelectMany(p => p.First),
        };
}
