using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>The payment terms of every account here, by uid. No route lists them.</summary>
public static class ZuperPaymentTerms
{
    public const string DueOnReceipt = "e03b6c11-0d7a-4a51-8a54-0b6d2f1c9a01";

    public const string Net15 = "e03b6c11-0d7a-4a51-8a54-0b6d2f1c9a02";

    public const string Net30 = "e03b6c11-0d7a-4a51-8a54-0b6d2f1c9a03";

    /// <summary>A term as reads show it; null where there is none of that uid.</summary>
    internal static JsonObject? ToJson(string? uid) =>
        uid switch
        {
            DueOnReceipt => Term(uid, "Due on Receipt", 0),
            Net15 => Term(uid, "Net 15", 15),
            Net30 => Term(uid, "Net 30", 30),
            _ => null,
        };

    private static JsonObject Term(string uid, string name, int days) =>
        new()
        {
            ["payment_term_uid"] = uid,
            ["payment_term_name"] = name,
            ["no_of_days"] = days,
        };
}
