using System.Diagnostics.CodeAnalysis;
using MimeKit;

namespace IntacctSync.Core.Domain;

/// <summary>Reads the address of one mailbox, with a domain, such as <c>ap@example.com</c>. Pure.</summary>
public static class EmailAddress
{
    private static readonly ParserOptions Strict = new()
    {
        AddressParserComplianceMode = RfcComplianceMode.Strict,
        AllowAddressesWithoutDomain = false,
        AllowUnquotedCommasInAddresses = false,
    };

    public static bool IsOne(string text) => TryParse(text, out _);

    /// <exception cref="FormatException">It is no address.</exception>
    public static MailboxAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException("A recipient is no e-mail address.");

    private static bool TryParse(string text, [NotNullWhen(true)] out MailboxAddress? address) =>
        MailboxAddress.TryParse(Strict, text, out address);
}
