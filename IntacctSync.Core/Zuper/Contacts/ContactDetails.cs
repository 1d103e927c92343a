using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Contacts;

/// <summary>The parts of a contact that organizations and customers have in common. Pure.</summary>
internal static class ContactDetails
{
    /// <summary>The first name in a list that is not blank.</summary>
    public static string FirstOf(params IEnumerable<string?> texts) =>
        texts.Select(IntacctText.Clean).FirstOrDefault(t => t.Length > 0) ?? "";

    /// <summary>The address of a field. Of several that a person wrote into it, the first valid one.</summary>
    /// <returns>Empty where there is none; null where none is an address.</returns>
    public static string? Email(string? text) =>
        IntacctText.Clean(text).Length == 0 ? "" : Written(text!).FirstOrDefault(IsEmail);

    /// <summary>What a person is told where a field holds more than the address that is used.</summary>
    /// <returns>Null where it holds one address or none.</returns>
    public static string? SeveralEmails(string? text) =>
        string.IsNullOrWhiteSpace(text) || Written(text).Count < 2 || Email(text) is not { } used
            ? null
            : $"The e-mail field in Zuper holds {Written(text).Count} entries; {used}, its first valid address, is "
                + "used.";

    /// <summary>
    /// The entries of a field: parted by ';', ',' or line ends, or by blanks where each part has an '@'.
    /// </summary>
    private static List<string> Written(string text) =>
        [
            .. text.Split([';', ',', '\r', '\n'])
                .Select(IntacctText.Clean)
                .SelectMany(e =>
                    e.Split(' ') is var words && words.All(w => w.Contains('@', StringComparison.Ordinal)) ? words : [e]
                )
                .Where(e => e.Length > 0),
        ];

    private static bool IsEmail(string email) =>
        email.Length <= IntacctText.Email
        && System.Net.Mail.MailAddress.TryCreate(email, out var parsed)
        && parsed.Address == email
        && parsed.Host.Split('.') is { Length: > 1 } labels
        && labels.All(l => l.Length > 0)
        && email.All(c => c is > ' ' and < '\u007f');

    /// <summary>The first of several addresses that is valid. The others are left out rather than refused.</summary>
    public static string SecondEmail(IEnumerable<string> emails) =>
        emails.Select(Email).FirstOrDefault(e => !string.IsNullOrEmpty(e)) ?? "";

    /// <summary>The billing address; the other address where that one is empty.</summary>
    public static MailAddress Address(ZuperAddress? billing, ZuperAddress? other)
    {
        var source = IsEmpty(billing) ? other : billing;
        var lines = Lines(IntacctText.Clean(source?.Street), IntacctText.Clean(source?.Landmark));
        var country = IntacctText.Cut(source?.Country, IntacctText.CountryName);
        var known = Countries.TryFind(country, out var found) ? found : null;
        return new MailAddress
        {
            Address1 = lines[0],
            Address2 = lines[1],
            Address3 = lines[2],
            City = IntacctText.Cut(source?.City, IntacctText.City),
            State = IntacctText.Cut(source?.State, IntacctText.State),
            Zip = IntacctText.Cut(source?.ZipCode, IntacctText.Zip),
            Country = known?.Name ?? country,
            CountryCode = known?.Code ?? (country.Length == 0 ? "" : null),
        };
    }

    /// <summary>What a person is told of an address that is longer than Intacct's.</summary>
    /// <returns>Null where all of it is carried.</returns>
    public static string? AddressCut(ZuperAddress? billing, ZuperAddress? other)
    {
        var source = IsEmpty(billing) ? other : billing;
        var (street, landmark) = (IntacctText.Clean(source?.Street), IntacctText.Clean(source?.Landmark));
        return LettersOf(string.Concat(Lines(street, landmark))) < LettersOf(street + landmark)
            ? $"Street and landmark are longer than Intacct's three lines of {IntacctText.AddressLine} characters; the "
                + "rest is left out."
            : null;
    }

    /// <summary>What of an address has one field in Intacct, for <see cref="LongTexts"/>.</summary>
    public static IEnumerable<(string Field, string? Text, int Limit)> TextsOf(
        ZuperAddress? billing,
        ZuperAddress? other
    )
    {
        var source = IsEmpty(billing) ? other : billing;
        return
        [
            ("city", source?.City, IntacctText.City),
            ("state", source?.State, IntacctText.State),
            ("postal code", source?.ZipCode, IntacctText.Zip),
            ("country", source?.Country, IntacctText.CountryName),
        ];
    }

    private static int LettersOf(string text) => text.Count(c => !char.IsWhiteSpace(c));

    /// <summary>Empty fields are not sent.</summary>
    public static ContactFields WithoutBlanks(ContactFields contact) =>
        contact.Choose(static (_, value) => string.IsNullOrEmpty(value) ? null : value);

    /// <summary>
    /// The address in three lines. A street or landmark that is too long for its line goes on in the next.
    /// </summary>
    private static string[] Lines(string street, string landmark)
    {
        var lines = new List<string>(3);
        foreach (var text in new[] { street, landmark })
        {
            var rest = text;
            while (rest.Length > IntacctText.AddressLine && lines.Count < 3)
            {
                var blank = rest.LastIndexOf(' ', IntacctText.AddressLine);
                var end = blank > 0 ? blank : Domain.WholeCharacters.End(rest, IntacctText.AddressLine);
                lines.Add(IntacctText.Cut(rest[..end], IntacctText.AddressLine));
                rest = rest[end..].Trim();
            }

            if (rest.Length > 0)
                lines.Add(IntacctText.Cut(rest, IntacctText.AddressLine));
        }

        return [.. lines.Concat(["", "", ""]).Take(3)];
    }

    private static bool IsEmpty(ZuperAddress? address) =>
        address is null
        || (
            IntacctText.Clean(address.Street)
            + IntacctText.Clean(address.City)
            + IntacctText.Clean(address.State)
            + IntacctText.Clean(address.ZipCode)
        ).Length == 0;
}
