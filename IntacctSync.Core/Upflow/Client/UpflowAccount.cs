using IntacctSync.Core.Apps;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Upflow.Client;

/// <summary>Where an organisation of Upflow is, and the pair of keys to it.</summary>
public sealed record UpflowAccount : AppAccount
{
    /// <param name="apiRoot">The address of the API with its version, such as https://api.upflow.io/v1.</param>
    /// <param name="apiKey">Names the organisation.</param>
    /// <param name="apiSecret">Proves it.</param>
    /// <exception cref="ArgumentException">The address is not absolute.</exception>
    public UpflowAccount(Uri apiRoot, string apiKey, string apiSecret)
    {
        ArgumentNullException.ThrowIfNull(apiRoot);
        if (!apiRoot.IsAbsoluteUri)
            throw new ArgumentException(
                $"'{apiRoot}' is not an absolute address: use one such as https://api.upflow.io/v1.",
                nameof(apiRoot)
            );
        ApiRoot = apiRoot;
        ApiKey = apiKey?.Trim() ?? throw new ArgumentNullException(nameof(apiKey));
        ApiSecret = apiSecret?.Trim() ?? throw new ArgumentNullException(nameof(apiSecret));
    }

    public Uri ApiRoot { get; }

    public string ApiKey { get; }

    public string ApiSecret { get; }

    /// <summary>Tells organisations apart without showing a key.</summary>
    internal string BudgetKey => $"upflow {ApiRoot.AbsoluteUri} {ShortHash.Of(ApiKey, 24)}";

    /// <summary>What people may see of it: a name of the key, from which no key can be told.</summary>
    public string Name => $"with the key {ShortHash.Of($"{ApiRoot.AbsoluteUri} {ApiKey}")}";

    public override string ToString() => $"Upflow organisation at {ApiRoot.AbsoluteUri}";

    internal Uri Address(string pathAndQuery) =>
        new($"{ApiRoot.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{pathAndQuery}", UriKind.Absolute);
}
