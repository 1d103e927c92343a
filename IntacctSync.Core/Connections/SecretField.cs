namespace IntacctSync.Core.Connections;

/// <summary>The secrets that every connection has, by their place in its document.</summary>
public static class SecretField
{
    public const string SenderPassword = "intacct.senderPassword";
    public const string UserPassword = "intacct.userPassword";
}

/// <summary>The secrets of an app's connections, those of Intacct included, by their place in the document.</summary>
public sealed class SecretFields(IReadOnlyList<string> ofApp, string? webhook = null)
{
    /// <summary>
    /// Without these nothing can be synced. Without a webhook secret webhooks are refused and changes are found by the
    /// sweep.
    /// </summary>
    public IReadOnlyList<string> Required { get; } = [SecretField.SenderPassword, SecretField.UserPassword, .. ofApp];

    /// <summary>The secret by which a webhook proves its sender; null for an app that sends none.</summary>
    public string? Webhook { get; } = webhook;

    public IReadOnlyList<string> All => Webhook is null ? Required : [.. Required, Webhook];
}
