namespace IntacctSync.Web.Health;

/// <summary>
/// One thing that must work before this host is ready. A host adds checks of its own, for example for its queue.
/// </summary>
public interface IReadinessCheck
{
    /// <summary>One word: <c>store</c>, <c>queue</c>.</summary>
    string Name { get; }

    /// <returns>What is wrong, as one line without secrets; null when it answers. An exception counts as a failure as
    /// well.</returns>
    Task<string?> CheckAsync(CancellationToken cancellationToken);
}
