namespace IntacctSync.Local;

/// <summary>Where callers on this machine reach the host.</summary>
internal static class HostAddress
{
    /// <param name="addresses">What the server is bound to, such as <c>http://[::]:5080</c>.</param>
    /// <returns>The first one, plain http before https; a wildcard is replaced by loopback.</returns>
    public static Uri ForCallersHere(IEnumerable<string> addresses)
    {
        var chosen = addresses.OrderBy(a => a.StartsWith("https", StringComparison.OrdinalIgnoreCase)).First();
        foreach (var wildcard in new[] { "://[::]", "://0.0.0.0", "://+", "://*" })
            chosen = chosen.Replace(wildcard, "://127.0.0.1", StringComparison.Ordinal);
        return new Uri(chosen.TrimEnd('/') + "/");
    }
}
