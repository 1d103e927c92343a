using System.Diagnostics.CodeAnalysis;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>What a status of Zuper means for the books (developers.zuper.co, Update Invoice Status). Pure.</summary>
internal static class InvoiceStatus
{
    /// <summary>How an invoice ended in Zuper that must not be in the books; null for one that may.</summary>
    public static string? Gone([NotNullWhen(false)] ZuperInvoice? invoice) =>
        invoice switch
        {
            null or { IsDeleted: true } => "deleted",
            { Status: "CANCELED" or "CANCELLED" } => "cancelled",
            _ => null,
        };

    /// <summary>Whether Zuper has put it aside. The accountants then settle it in the books.</summary>
    public static bool IsAtRest(ZuperInvoice? invoice) => invoice?.Status is "BAD_DEBT" or "CLOSED" or "ARCHIVED";

    /// <summary>
    /// Whether Zuper may have made it of what was paid. Any other status was chosen by a person.
    /// </summary>
    public static bool FollowsPayments(string? status) =>
        status is null or "" or "AWAIT_PAYMENT" or "PARTIALLY_PAID" or "PAID";

    /// <summary>Whether it is not issued yet. A status that the settings choose to book is no draft.</summary>
    public static bool IsDraft(ZuperInvoice? invoice, IReadOnlyList<string> chosen) =>
        invoice?.Status is "DRAFT" or "READY_TO_INVOICE" && !IsAmong(invoice, chosen);

    /// <summary>As people read it: <c>AWAIT_PAYMENT</c> is awaiting payment.</summary>
    public static string InWords(string? status) =>
        status switch
        {
            null or "" => "without a status",
            "AWAIT_PAYMENT" => "awaiting payment",
            "BAD_DEBT" => "a bad debt",
            "DRAFT" => "a draft",
            _ => status.Replace('_', ' ').ToLowerInvariant(),
        };

    public static bool IsAmong(ZuperInvoice? invoice, IReadOnlyList<string> statuses) =>
        invoice?.Status is { } status && statuses.Contains(status, StringComparer.OrdinalIgnoreCase);
}
