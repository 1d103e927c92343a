using Azure;
using Azure.Core;
using Azure.Data.Tables;

namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>A storage account, and what to sign in with. Its text never holds the key.</summary>
public sealed class TableAccount
{
    /// <summary>
    /// The emulator's account, key and port, which are the same everywhere (learn.microsoft.com, "Use the Azurite
    /// emulator").
    /// </summary>
    public const string EmulatorName = "devstoreaccount1";

    internal const string EmulatorKey =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private const string EmulatorPort = "10002";

    private readonly Func<TableClientOptions, TableServiceClient> _open;

    private TableAccount(Uri endpoint, Func<TableClientOptions, TableServiceClient> open) =>
        (Endpoint, _open) = (endpoint, open);

    /// <summary>Without a slash at its end.</summary>
    public Uri Endpoint { get; }

    /// <summary>An account that is entered with an identity.</summary>
    /// <exception cref="FormatException">The endpoint is no https address of a table service.</exception>
    public static TableAccount WithIdentity(string endpoint, TokenCredential credential)
    {
        var address = AddressOf(endpoint);
        return new TableAccount(address, options => new TableServiceClient(address, credential, options));
    }

    /// <summary>The address of an account that is entered with an identity.</summary>
    /// <exception cref="FormatException">The endpoint is no https address of a table service.</exception>
    internal static Uri AddressOf(string endpoint) =>
        Uri.TryCreate(endpoint.TrimEnd('/'), UriKind.Absolute, out var address)
        && address.Scheme == Uri.UriSchemeHttps
        && address.Query.Length == 0
            ? address
            : throw new FormatException(
                $"'{endpoint.Split('?')[0]}' is no address of a table service: use "
                    + "https://ACCOUNT.table.core.windows.net"
            );

    /// <summary>
    /// An account that is entered with its key or with a shared access signature; <c>UseDevelopmentStorage=true</c> is
    /// the emulator.
    /// </summary>
    /// <remarks>
    /// The client's own reader of connection strings knows <c>true</c> in lower case only, takes http for any host, and
    /// does not say which part is wrong.
    /// </remarks>
    /// <exception cref="FormatException">The text is no connection string; the message does not repeat it.</exception>
    public static TableAccount OfConnectionString(string connectionString)
    {
        var parts = Parts(connectionString);
        if (
            parts.TryGetValue("UseDevelopmentStorage", out var emulator)
            && emulator.Equals("true", StringComparison.OrdinalIgnoreCase)
        )
            return Emulator(parts.GetValueOrDefault("DevelopmentStorageProxyUri"));
        return parts.TryGetValue("SharedAccessSignature", out var signature) && signature.Length > 0
            ? WithSignature(parts, signature)
            : WithKey(parts);
    }

    internal TableServiceClient Open(TableClientOptions options) => _open(options);

    public override string ToString() => Endpoint.ToString();

    private static TableAccount Emulator(string? proxy)
    {
        var address = $"{(proxy ?? "http://127.0.0.1").TrimEnd('/')}:{EmulatorPort}/{EmulatorName}";
        return Uri.TryCreate(address, UriKind.Absolute, out var endpoint)
            ? Keyed(endpoint, EmulatorName, EmulatorKey)
            : throw new FormatException("DevelopmentStorageProxyUri is no address: use one such as http://127.0.0.1");
    }

    private static TableAccount WithKey(Dictionary<string, string> parts)
    {
        if (!parts.TryGetValue("AccountName", out var name) || name.Length == 0)
            throw new FormatException(
                "AccountName is missing: copy the whole connection string of the storage account"
            );
        if (!parts.TryGetValue("AccountKey", out var key) || !IsBase64(key))
            throw new FormatException(
                "AccountKey is missing or no base64: copy the whole connection string of the storage account"
            );
        return Keyed(EndpointOf(parts, name), name, key);
    }

    private static TableAccount WithSignature(Dictionary<string, string> parts, string signature)
    {
        var name = parts.GetValueOrDefault("AccountName");
        if (name is null && !parts.ContainsKey("TableEndpoint"))
            throw new FormatException(
                "TableEndpoint is missing beside SharedAccessSignature: copy the whole connection string of the "
                    + "signature"
            );
        var endpoint = EndpointOf(parts, name);
        var credential = new AzureSasCredential(signature.TrimStart('?'));
        return new TableAccount(endpoint, options => new TableServiceClient(endpoint, credential, options));
    }

    private static TableAccount Keyed(Uri endpoint, string name, string key)
    {
        var credential = new TableSharedKeyCredential(name, key);
        return new TableAccount(endpoint, options => new TableServiceClient(endpoint, credential, options));
    }

    private static Uri EndpointOf(Dictionary<string, string> parts, string? name)
    {
        var address =
            parts.GetValueOrDefault("TableEndpoint")
            ?? $"{parts.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{name}.table."
                + $"{parts.GetValueOrDefault("EndpointSuffix", "core.windows.net")}";
        if (
            !Uri.TryCreate(address.TrimEnd('/'), UriKind.Absolute, out var endpoint)
            || endpoint.Scheme is not ("https" or "http")
        )
            throw new FormatException(
                "TableEndpoint is no http or https address: copy the whole connection string of the storage account"
            );
        if (endpoint.Query.Length > 0)
            throw new FormatException(
                "TableEndpoint holds a query: give a signature as SharedAccessSignature, beside the address"
            );
        if (endpoint.Scheme == Uri.UriSchemeHttp && !endpoint.IsLoopback && name != EmulatorName)
            throw new FormatException(
                "TableEndpoint is http: use https, so that nobody on the way can read or change the data"
            );
        return endpoint;
    }

    private static Dictionary<string, string> Parts(string connectionString)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (
            var part in connectionString.Split(
                ';',
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
        )
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || !parts.TryAdd(part[..at].Trim(), part[(at + 1)..].Trim()))
                throw new FormatException(
                    "It is no connection string: use name=value pairs joined by ';', each name once"
                );
        }

        return parts;
    }

    private static bool IsBase64(string text) =>
        Convert.TryFromBase64String(text, new byte[text.Length], out var written) && written > 0;
}
