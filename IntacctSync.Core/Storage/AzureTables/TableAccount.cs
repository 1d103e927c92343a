using System.Diagnostics.CodeAnalysis;
using Azure.Core;

namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>Which storage account, and as whom. Its text never holds the key.</summary>
public sealed class TableAccount
{
    /// <summary>
    /// The emulator's account, key and port, which are the same everywhere (learn.microsoft.com, "Use the Azurite
    /// emulator").
    /// </summary>
    public const string EmulatorName = "devstoreaccount1";

    private const string EmulatorKey =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private const string EmulatorPort = "10002";

    private TableAccount(Uri endpoint, string? name, byte[]? key, TokenCredential? credential) =>
        (Endpoint, Name, Key, Credential) = (endpoint, name, key, credential);

    /// <summary>Without a slash at its end.</summary>
    public Uri Endpoint { get; }

    internal string? Name { get; }

    internal byte[]? Key { get; }

    internal TokenCredential? Credential { get; }

    /// <summary>An account that is entered with an identity.</summary>
    /// <exception cref="FormatException">The endpoint is no https address of a table service.</exception>
    public static TableAccount WithIdentity(string endpoint, TokenCredential credential)
    {
        if (
            !Uri.TryCreate(endpoint.TrimEnd('/'), UriKind.Absolute, out var uri)
            || uri.Scheme != Uri.UriSchemeHttps
            || uri.Query.Length > 0
        )
            throw new FormatException(
                $"'{endpoint}' is no address of a table service: use https://ACCOUNT.table.core.windows.net"
            );
        return new TableAccount(uri, null, null, credential);
    }

    /// <summary>
    /// An account that is entered with its key, such as <c>UseDevelopmentStorage=true</c> for the emulator.
    /// </summary>
    /// <exception cref="FormatException">No such text; the message does not repeat it.</exception>
    public static TableAccount WithKey(string connectionString)
    {
        var parts = Parts(connectionString);
        if (
            parts.TryGetValue("UseDevelopmentStorage", out var emulator)
            && emulator.Equals("true", StringComparison.OrdinalIgnoreCase)
        )
            return Emulator(parts.GetValueOrDefault("DevelopmentStorageProxyUri"));
        if (parts.ContainsKey("SharedAccessSignature"))
            throw new FormatException(
                "A shared access signature is not supported: use the account's key, or the endpoint with an identity"
            );
        if (!parts.TryGetValue("AccountName", out var name) || name.Length == 0)
            throw new FormatException(
                "AccountName is missing: copy the whole connection string of the storage account"
            );
        if (!parts.TryGetValue("AccountKey", out var key) || !TryDecode(key, out var bytes))
            throw new FormatException(
                "AccountKey is missing or no base64: copy the whole connection string of the storage account"
            );
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
        if (endpoint.Scheme == Uri.UriSchemeHttp && !endpoint.IsLoopback && name != EmulatorName)
            throw new FormatException(
                "TableEndpoint is http: use https, so that nobody on the way can read or change the data"
            );
        return new TableAccount(endpoint, name, bytes, null);
    }

    public override string ToString() => Endpoint.ToString();

    private static TableAccount Emulator(string? proxy)
    {
        var address = $"{(proxy ?? "http://127.0.0.1").TrimEnd('/')}:{EmulatorPort}/{EmulatorName}";
        return Uri.TryCreate(address, UriKind.Absolute, out var endpoint)
            ? new TableAccount(endpoint, EmulatorName, Convert.FromBase64String(EmulatorKey), null)
            : throw new FormatException("DevelopmentStorageProxyUri is no address: use one such as http://127.0.0.1");
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

    private static bool TryDecode(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        var buffer = new byte[text.Length];
        bytes = Convert.TryFromBase64String(text, buffer, out var written) && written > 0 ? buffer[..written] : null;
        return bytes is not null;
    }
}
