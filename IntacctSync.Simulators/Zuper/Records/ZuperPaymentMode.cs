using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>A way of paying that the account has been set up with.</summary>
public sealed record ZuperPaymentMode(string Uid, string Name)
{
    internal JsonObject ToJson() =>
        new()
        {
            ["payment_mode_uid"] = Uid,
            ["payment_mode_name"] = Name,
            ["payment_mode_type"] = "OFFLINE",
            ["payment_mode_description"] = "",
        };
}
