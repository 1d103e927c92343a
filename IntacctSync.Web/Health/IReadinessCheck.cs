namespace IntacctSync.Web.Health;

/// <summary>
/// One thing that must answer before this host can be given work. A host adds its own, for example its queue's.
/// </summary>
public interface IReadinessCheck
{
    /// <summary>One word: <c>store</c>, <c>queue</c>.</summary>
    string Name { get; }

    /// <returns>What is wrong, as one line without secrets; null when it answers. What it throws is taken for wrong as
    /// well.</returns>
    Task<string?> CheckAsync(CancellationToken cancellationToken);
}
