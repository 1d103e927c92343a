namespace IntacctSync.Core.Intacct;

/// <summary>
/// What the requests of a piece of code are for: the name of a flow, or another word. It follows the calls that the
/// code makes, so that none of them has to be told.
/// </summary>
public static class TransactionPurpose
{
    /// <summary>What nobody has named, such as sign-ins and examinations.</summary>
    public const string Other = "other";

    /// <summary>Comparing both sides.</summary>
    public const string Reconcile = "reconcile";

    private static readonly AsyncLocal<string?> Current = new();

    public static string Now => Current.Value ?? Other;

    /// <returns>What ends it.</returns>
    public static IDisposable Enter(string name)
    {
        var before = Current.Value;
        Current.Value = name;
        return new Scope(before);
    }

    private sealed class Scope(string? before) : IDisposable
    {
        public void Dispose() => Current.Value = before;
    }
}
