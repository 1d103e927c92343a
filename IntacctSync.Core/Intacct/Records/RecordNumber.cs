namespace IntacctSync.Core.Intacct.Records;

/// <summary>
/// Tells RECORDNOs from other ids: they are whole numbers, and the id of a document of Order Entry, for one, has the
/// name of its transaction definition in it.
/// </summary>
internal static class RecordNumber
{
    /// <summary>Pure.</summary>
    public static bool Is(string? id) => id is { Length: > 0 } && id.All(char.IsAsciiDigit);
}
