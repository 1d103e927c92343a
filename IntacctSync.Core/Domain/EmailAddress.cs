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

    /// <summary>
    /// The first valid address of a field in which people may have written several, parted by ';', ',', blanks or line
    /// ends.
    /// </summary>
    /// <returns>Null where none is an address.</returns>
    public static string? FirstIn(string? text) =>
        text
            ?.Split([';', ',', ' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .FirstOrDefault(IsOne);

    /// <exception cref="FormatException">It is no address.</exception>
    public static MailboxAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException("A recipient is no e-mail address.");

    private static bool TryParse(string text, [NotNullWhen(true)] out MailboxAddress? address) =>
        MailboxAddress.TryParse(Strict, text, out address);
}
