using IntacctSync.Web.Access;
using Microsoft.OpenApi;

namespace IntacctSync.Web.Description;

/// <summary>The proofs that calls need, as the description names them.</summary>
internal static class SecuritySchemes
{
    public const string OperationsKey = "operationsKey";
    private const string WebhookSecret = "webhookSecret";
    private const string WebhookSignature = "webhookSignature";

    public static IReadOnlyList<string> OfWebhooks { get; } = [WebhookSecret, WebhookSignature];

    public static Dictionary<string, IOpenApiSecurityScheme> All() =>
        new(StringComparer.Ordinal)
        {
            [OperationsKey] = Header("x-api-key", $"The value of {OperationsAccess.ConfigurationKey}."),
            [WebhookSecret] = Header("x-hook-secret", "The connection's webhookSecret."),
            [WebhookSignature] = Header(
                "webhook-signature",
                "A signature of Standard Webhooks by the connection's webhookSecret, at most 300 seconds old. The "
                    + "headers webhook-id and webhook-timestamp belong to it."
            ),
        };

    private static OpenApiSecurityScheme Header(string name, string text) =>
        new()
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = name,
            Description = text,
        };
}
