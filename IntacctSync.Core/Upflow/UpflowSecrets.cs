using IntacctSync.Core.Connections;

namespace IntacctSync.Core.Upflow;

/// <summary>
/// The secrets of an Upflow connection beside those of Intacct, by their place in its document. No webhook secret is
/// among them, since Upflow sends no webhooks.
/// </summary>
public static class UpflowSecrets
{
    public const string ApiKey = "upflow.apiKey";
    public const string ApiSecret = "upflow.apiSecret";

    public static SecretFields Fields { get; } = new([ApiKey, ApiSecret]);
}
