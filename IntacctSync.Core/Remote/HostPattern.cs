namespace IntacctSync.Core.Remote;

/// <summary>
/// One part of a <see cref="HostAllowList"/>: a host, a host with its port, or every host below a domain.
/// </summary>
internal sealed record HostPattern(string Host, int? Port, bool IsLiteral)
{
    private static readonly System.Buffers.SearchValues<char> NotInHosts = System.Buffers.SearchValues.Create(
        "*/@?#\\ "
    );

    private const string AnyBelow = "*.";

    /// <exception cref="FormatException">The text is neither a host nor <c>*.domain</c>.</exception>
    public static HostPattern Parse(string text)
    {
        var literal = !text.StartsWith(AnyBelow, StringComparison.Ordinal);
        var host = literal ? text : text[AnyBelow.Length..];
        var bracketed = host.Contains("::", StringComparison.Ordinal) && !host.StartsWith('[') ? $"[{host}]" : host;
        if (
            bracketed.AsSpan().ContainsAny(NotInHosts)
            || !Uri.TryCreate($"https://{bracketed}/", UriKind.Absolute, out var uri)
            || (!literal && (uri.HostNameType != UriHostNameType.Dns || !host.Contains('.', StringComparison.Ordinal)))
        )
        {
            throw new FormatException(
                $"'{text}' is not a host that can be allowed: use a host name, a host with its port, or "
                    + $"'*.domain' below a domain of two parts or more."
            );
        }

        var named = bracketed.LastIndexOf(':') > bracketed.LastIndexOf(']');
        return new HostPattern(uri.IdnHost, named ? uri.Port : null, literal);
    }

    public bool Covers(Uri address) =>
        (Port is null || Port == address.Port)
        && (
            IsLiteral
                ? string.Equals(address.IdnHost, Host, StringComparison.OrdinalIgnoreCase)
                : address.HostNameType == UriHostNameType.Dns
                    && address.IdnHost.EndsWith("." + Host, StringComparison.OrdinalIgnoreCase)
        );
}
