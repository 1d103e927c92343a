using IntacctSync.Core.Apps;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>Where an account of Zuper lives and the key to it.</summary>
public sealed record ZuperAccount : AppAccount
{
    /// <param name="apiRoot">The account's <c>dc_api_url</c>; a trailing <c>/</c> or <c>/api</c> is dropped.</param>
    /// <param name="apiKey">The key of the integration's user.</param>
    /// <exception cref="ArgumentException">The address is not absolute.</exception>
    public ZuperAccount(Uri apiRoot, string apiKey)
    {
        ApiRoot = NormalizeRoot(apiRoot);
        ApiKey = apiKey?.Trim() ?? throw new ArgumentNullException(nameof(apiKey));
    }

    public Uri ApiRoot { get; }

    public string ApiKey { get; }

    /// <summary>Tells accounts apart without showing the key.</summary>
    internal string BudgetKey => $"{ApiRoot.AbsoluteUri} {ShortHash.Of(ApiKey, 24)}";

    public override string ToString() => $"Zuper account at {ApiRoot.AbsoluteUri}";

    /// <summary>
    /// The address without query, trailing <c>/</c> and trailing <c>/api</c>: a base given with <c>/api</c> would lead
    /// to <c>/api/api/…</c>, which Zuper answers with an HTML 404.
    /// </summary>
    internal static Uri NormalizeRoot(Uri root)
    {
        ArgumentNullException.ThrowIfNull(root);
        if (!root.IsAbsoluteUri)
            throw new ArgumentException(
                $"'{root}' is not an absolute address: use one such as https://us-west-1c.zuperpro.com.",
                nameof(root)
            );
        var text = root.GetLeftPart(UriPartial.Path).TrimEnd('/');
        while (text.EndsWith("/api", StringComparison.OrdinalIgnoreCase))
            text = text[..^4].TrimEnd('/');
        return new Uri(text, UriKind.Absolute);
    }

    internal Uri Address(string pathAndQuery) =>
        new($"{ApiRoot.AbsoluteUri.TrimEnd('/')}/api/{pathAndQuery}", UriKind.Absolute);
}
