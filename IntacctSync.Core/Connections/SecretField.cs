namespace IntacctSync.Core.Connections;

/// <summary>The secrets of a connection, by their place in its document.</summary>
public static class SecretField
{
    public const string SenderPassword = "intacct.senderPassword";
    public const string UserPassword = "intacct.userPassword";
    public const string ZuperApiKey = "zuper.apiKey";
    public const string WebhookSecret = "zuper.webhookSecret";

    public static IReadOnlyList<string> All { get; } = [SenderPassword, UserPassword, ZuperApiKey, WebhookSecret];

    /// <summary>
    /// Without these nothing can be synced. Without a webhook secret webhooks are refused and changes are found by the
    /// sweep.
    /// </summary>
    public static IReadOnlyList<string> Required { get; } = [SenderPassword, UserPassword, ZuperApiKey];
}
