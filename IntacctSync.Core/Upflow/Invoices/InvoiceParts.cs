using System.Text.Json;
using System.Text.Json.Serialization;

namespace IntacctSync.Core.Upflow.Invoices;

/// <summary>What an invoice's row keeps beside the hash.</summary>
internal sealed record InvoiceParts
{
    public static InvoiceParts None { get; } = new();

    /// <summary>What was in the books when the PDF was last sent; null before the first time.</summary>
    [JsonPropertyName("p")]
    public string? Printed { get; init; }

    /// <summary>The document's time of change then.</summary>
    [JsonPropertyName("m")]
    public string? PrintedAt { get; init; }

    /// <summary>
    /// What the document said when the PDF was last sent (<see cref="InvoiceContents"/>); null where that is not known.
    /// </summary>
    [JsonPropertyName("c")]
    public string? PrintedContents { get; init; }

    /// <summary>
    /// How often the PDF of this very invoice was refused since. What earlier versions kept as <c>f</c> counted
    /// failures of any cause.
    /// </summary>
    [JsonPropertyName("v")]
    public int PdfRefusals { get; init; }

    /// <summary>How often it was tried in vain, for whatever cause.</summary>
    [JsonPropertyName("n")]
    public int PdfTries { get; init; }

    /// <summary>Since when it has been waiting; null while it is not.</summary>
    [JsonPropertyName("s")]
    public DateTimeOffset? PdfWaitsSince { get; init; }

    /// <summary>Until when the envelope waits that has it tried again; null where none is known.</summary>
    [JsonPropertyName("u")]
    public DateTimeOffset? PdfWaitsUntil { get; init; }

    /// <summary>The same, for a PDF that waits no longer.</summary>
    public InvoiceParts WithoutPdfTries() =>
        this with
        {
            PdfRefusals = 0,
            PdfTries = 0,
            PdfWaitsSince = null,
            PdfWaitsUntil = null,
        };

    /// <summary>Whether Order Entry has made the document; null where that is not known.</summary>
    [JsonPropertyName("o")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsOfOrderEntry { get; init; }

    /// <summary>The source id of the document that took this one's place, as Order Entry made it anew.</summary>
    [JsonPropertyName("r")]
    public string? ReplacedBy { get; init; }

    /// <summary>The counterpart that goes over to that one, until it has taken it.</summary>
    [JsonPropertyName("t")]
    public string? LeftTarget { get; init; }

    [JsonPropertyName("k")]
    public string? LeftKey { get; init; }

    /// <param name="text">As <see cref="ToString"/> wrote it; null for none.</param>
    public static InvoiceParts Of(string? text) =>
        text is ['{', ..] ? JsonSerializer.Deserialize<InvoiceParts>(text) ?? None : None;

    public override string ToString() => JsonSerializer.Serialize(this);
}
