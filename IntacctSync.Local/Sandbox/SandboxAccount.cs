using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Simulators.Zuper.Sample;

namespace IntacctSync.Local.Sandbox;

/// <summary>
/// The accounts that the simulators know. They are published with the simulators and are valid nowhere else.
/// </summary>
internal static class SandboxAccount
{
    public const string Connection = "demo";

    /// <summary>The connection of the same company to Upflow.</summary>
    public const string UpflowConnection = "demo-upflow";

    public const string ZuperKey = "sandbox-zuper-key";

    public const string WebhookSecret = "sandbox-webhook-secret";

    /// <summary>
    /// The connection's document, as it would be put to the API; its settings are those for which the sample says how
    /// each record ends.
    /// </summary>
    public static JsonElement Document() =>
        JsonSerializer.SerializeToElement(
            new JsonObject
            {
                ["app"] = "zuper",
                ["startDate"] = ZuperSample.StartDate.ToString("O", CultureInfo.InvariantCulture),
                ["intacct"] = Company(),
                ["zuper"] = new JsonObject
                {
                    ["companyName"] = "sandbox",
                    ["apiKey"] = ZuperKey,
                    ["webhookSecret"] = WebhookSecret,
                },
                ["invoiceLocationField"] = "Location",
                ["defaultPaymentModeUid"] = ZuperPaymentModes.BankTransfer.Uid,
                ["paymentModes"] = new JsonObject
                {
                    ["Cash"] = ZuperPaymentModes.Cash.Uid,
                    ["Printed Check"] = ZuperPaymentModes.Cheque.Uid,
                },
                ["defaultProductCategoryUid"] = ZuperCategories.Parts,
                ["productCategories"] = new JsonObject { ["Services"] = ZuperCategories.Services },
                ["invoice"] = new JsonObject
                {
                    ["glAccountNo"] = "4000",
                    ["tax"] = Account("2200"),
                    ["discount"] = Account("4020"),
                    ["fee"] = Account("4090"),
                    ["rounding"] = Account("4090"),
                },
            }
        );

    /// <summary>The document of the connection to Upflow, with all its flows on.</summary>
    public static JsonElement UpflowDocument() =>
        JsonSerializer.SerializeToElement(
            new JsonObject
            {
                ["app"] = "upflow",
                ["startDate"] = ZuperSample.StartDate.ToString("O", CultureInfo.InvariantCulture),
                ["intacct"] = Company(),
                ["upflow"] = new JsonObject
                {
                    ["apiKey"] = "sandbox-upflow-key",
                    ["apiSecret"] = "sandbox-upflow-secret",
                },
                ["syncPdfs"] = true,
                ["syncReceipts"] = true,
                ["receipts"] = new JsonObject { ["bankAccountId"] = "BANK" },
            }
        );

    private static JsonObject Company() =>
        new()
        {
            ["senderId"] = "sandbox-sender",
            ["senderPassword"] = "sandbox-sender-password",
            ["companyId"] = "sandbox",
            ["userId"] = "sandbox-user",
            ["userPassword"] = "sandbox-user-password",
        };

    private static JsonObject Account(string number) => new() { ["glAccountNo"] = number };
}
