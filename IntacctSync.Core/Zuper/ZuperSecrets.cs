using IntacctSync.Core.Connections;

namespace IntacctSync.Core.Zuper;

/// <summary>The secrets of a Zuper connection beside those of Intacct, by their place in its document.</summary>
public static class ZuperSecrets
{
    public const string ApiKey = "zuper.apiKey";
    public const string WebhookSecret = "zuper.webhookSecret";

    public static SecretFields Fields { get; } = new([ApiKey], WebhookSecret);
}
