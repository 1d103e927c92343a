using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Zuper.Webhooks;

/// <summary>One attempt to deliver a webhook.</summary>
/// <param name="Uid">Of the history's entry.</param>
/// <param name="Event">What it told.</param>
/// <param name="RecordUid">The record it was about; null where it was about many.</param>
/// <param name="Url">Where it went.</param>
/// <param name="Status">HTTP status of the answer; 0 where there was none.</param>
/// <param name="Retry">0 for the first attempt.</param>
/// <param name="Body">What was sent.</param>
/// <param name="At">When it was sent.</param>
public sealed record WebhookAttempt(
    string Uid,
    string Event,
    string? RecordUid,
    Uri Url,
    int Status,
    int Retry,
    string Body,
    DateTimeOffset At
)
{
    private readonly Webhook? _webhook;

    public bool Succeeded => Status is >= 200 and < 300;

    /// <summary>The webhook as it was when this was sent.</summary>
    internal Webhook Webhook
    {
        get => _webhook ?? throw new InvalidOperationException("An attempt is made with its webhook.");
        init => _webhook = value;
    }

    internal JsonObject ToJson() =>
        new()
        {
            ["webhook_history_uid"] = Uid,
            ["response_status"] = Status,
            ["created_at"] = Records.ZuperTime.Of(At),
            ["webhook"] = new JsonObject(
                Webhook
                    .ToJson()
                    .Where(f => f.Key is not ("secret_key" or "is_active" or "created_at"))
                    .Select(f => KeyValuePair.Create(f.Key, f.Value?.DeepClone()))
            ),
        };
}
