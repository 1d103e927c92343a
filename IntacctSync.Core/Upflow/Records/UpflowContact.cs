using System.Text.Json.Nodes;

namespace IntacctSync.Core.Upflow.Records;

/// <summary>A person at a customer. Upflow takes none without an e-mail address, and no address twice in an
/// organisation (its reference's schema of customers; docs.upflow.io, Contacts).</summary>
public sealed record UpflowContact
{
    /// <summary>Who settles accounts: the position of the contacts of a receivable.</summary>
    public const string Accounting = "ACCOUNTING";

    public required string ExternalId { get; init; }

    public required string Email { get; init; }

    public string FirstName { get; init; } = "";

    public string LastName { get; init; } = "";

    public string Phone { get; init; } = "";

    public string Position { get; init; } = Accounting;

    /// <summary>Whether it is the one that is written to first.</summary>
    public bool IsMain { get; init; }

    internal JsonObject Body() =>
        new()
        {
            ["externalId"] = ExternalId,
            ["firstName"] = FirstName,
            ["lastName"] = LastName,
            ["email"] = Email,
            ["phone"] = Phone,
            ["position"] = Position,
            ["isMain"] = IsMain,
        };
}

/// <summary>The value of a custom field.</summary>
/// <param name="Id">The id that Upflow gave the field.</param>
/// <param name="Value">As text; empty to clear it.</param>
public sealed record UpflowFieldValue(string Id, string Value)
{
    internal static void AddTo(JsonObject body, IReadOnlyList<UpflowFieldValue> values)
    {
        if (values.Count > 0)
            body["customFields"] = new JsonArray([
                .. values.Select(v => new JsonObject { ["id"] = v.Id, ["value"] = v.Value }),
            ]);
    }
}
