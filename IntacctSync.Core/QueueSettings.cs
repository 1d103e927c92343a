using IntacctSync.Core.Settings;

namespace IntacctSync.Core;

/// <summary>
/// Reads where the Service Bus namespace of the queue is. The triggers read the same keys by themselves.
/// </summary>
/// <remarks>
/// Keys: learn.microsoft.com, "Azure Service Bus trigger for Azure Functions", identity-based connections.
/// </remarks>
internal static class QueueSettings
{
    public const string ConnectionKey = "ServiceBus";
    public const string NamespaceKey = "ServiceBus:fullyQualifiedNamespace";

    /// <returns>The namespace's host name, to be entered with an identity; or a connection string; neither if a setting
    /// is wrong.</returns>
    public static (string? Namespace, string? Connection) Read(KeyReader reader)
    {
        var (host, connection) = (reader.Text(NamespaceKey), reader.Text(ConnectionKey));
        if (host is null && connection is null)
            reader.Refuse(
                $"{NamespaceKey} is missing; allowed is NAME.servicebus.windows.net, or a connection string as "
                    + $"{ConnectionKey} instead."
            );
        else if (host is not null && connection is not null)
            reader.Refuse(
                $"{NamespaceKey} is set beside {ConnectionKey}; allowed is one of them: the namespace by an "
                    + $"identity, or by its key."
            );
        else if (
            host is not null
            && (Uri.CheckHostName(host) != UriHostNameType.Dns || !host.Contains('.', StringComparison.Ordinal))
        )
            reader.Refuse($"{NamespaceKey} is '{host}'; allowed is a host name such as NAME.servicebus.windows.net.");
        else if (connection is not null && !connection.Contains("Endpoint=sb://", StringComparison.OrdinalIgnoreCase))
            reader.Refuse(
                $"{ConnectionKey} is no connection string; allowed is one that begins with Endpoint=sb://, as "
                    + $"the portal shows it."
            );
        else
            return (host, connection);
        return (null, null);
    }
}
