namespace IntacctSync.Core.Remote;

/// <summary>
/// The only hosts that calls may go to: https everywhere, and plain http only to loopback hosts that the list names
/// literally.
/// </summary>
/// <remarks>
/// Patterns are joined by ';'. <c>*.example.com</c> covers every host below that domain, not the domain itself;
/// anything else is one host, optionally with a port (<c>127.0.0.1:9001</c>). A bare <c>*</c> is refused.
/// </remarks>
public sealed class HostAllowList
{
    private readonly IReadOnlyList<HostPattern> _patterns;
    private readonly string _text;

    private HostAllowList(IReadOnlyList<HostPattern> patterns, string text) => (_patterns, _text) = (patterns, text);

    /// <exception cref="FormatException">A part is not a host or <c>*.domain</c>; the message names it and the
    /// rule.</exception>
    public static HostAllowList Parse(string text)
    {
        var parts = (text ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
            throw new FormatException("The list of allowed hosts is empty: name hosts, or '*.domain', joined by ';'.");
        return new HostAllowList([.. parts.Select(HostPattern.Parse)], string.Join(';', parts));
    }

    /// <summary>
    /// Why this address may not be called, as one line that names the address and the rule; null when it may be.
    /// </summary>
    public string? Objection(Uri address) =>
        address switch
        {
            { IsAbsoluteUri: false } => $"'{address}' is not an absolute address: give one like https://host/path.",
            { UserInfo.Length: > 0 } =>
                $"The address of host '{address.IdnHost}' carries a user name or password: leave them out.",
            _ when address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp =>
                $"'{Shown(address)}' is not https: only https is allowed.",
            _ when address.Scheme == Uri.UriSchemeHttp
                    && !(address.IsLoopback && _patterns.Any(p => p.IsLiteral && p.Covers(address))) =>
                $"'{Shown(address)}' is not https: only https is allowed, except to loopback hosts that the "
                    + $"list names ({_text}).",
            _ when !_patterns.Any(p => p.Covers(address)) =>
                $"'{Shown(address)}' names a host that is not allowed: allowed are {_text}.",
            _ => null,
        };

    public bool Permits(Uri address) => Objection(address) is null;

    public override string ToString() => _text;

    /// <summary>The address without its query, where keys travel.</summary>
    private static string Shown(Uri address) => address.GetLeftPart(UriPartial.Path);
}
