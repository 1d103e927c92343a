using System.Runtime.InteropServices;
using System.Text.Json;

namespace IntacctSync.Core.Zuper.Records;

/// <summary>Reads the parts that records of several modules have.</summary>
internal static class ZuperParts
{
    /// <summary>The members of an object value that may hold the text that people see, the likeliest first.</summary>
    private static readonly string[] NamesOfValues = ["name", "label", "value", "text", "title"];

    /// <summary>A member as people read it: <c>unit_price</c> is unit price.</summary>
    public static string Words(string name) => name.Replace('_', ' ');

    /// <summary>
    /// In lower case, since uids that differ in case only are the same record. Null when the element has none, as live
    /// list rows sometimes have not.
    /// </summary>
    public static string? Uid(JsonElement? json, string name) =>
        ZuperJson.Text(json, name)?.Trim() is { Length: > 0 } uid and not ("undefined" or "null" or "None")
            ? uid.ToLowerInvariant()
            : null;

    /// <summary>The uid of another record: embedded in an object, or by itself.</summary>
    public static string? Reference(JsonElement json, string member, string uidName) =>
        Uid(ZuperJson.Object(json, member), uidName) ?? Uid(json, member) ?? Uid(json, uidName);

    public static bool Has(JsonElement json, string list) =>
        ZuperJson.Member(json, list) is { ValueKind: JsonValueKind.Array };

    public static IReadOnlyList<ZuperCustomField> CustomFields(JsonElement json, string name) =>
        [.. ZuperJson.List(json, name).Select(CustomField).OfType<ZuperCustomField>()];

    public static ZuperAddress? Address(JsonElement? json) =>
        json is null
            ? null
            : new ZuperAddress
            {
                Street = ZuperJson.Text(json, "street"),
                Landmark = ZuperJson.Text(json, "landmark"),
                City = ZuperJson.Text(json, "city"),
                State = ZuperJson.Text(json, "state"),
                Country = ZuperJson.Text(json, "country"),
                ZipCode = ZuperJson.Text(json, "zip_code"),
                FirstName = ZuperJson.Text(json, "first_name"),
                LastName = ZuperJson.Text(json, "last_name"),
                Email = ZuperJson.Text(json, "email"),
                PhoneNumber = ZuperJson.Text(json, "phone_number"),
                Label = ZuperJson.Text(json, "label"),
            };

    public static ZuperTax? Tax(JsonElement? json) =>
        json is null ? null : new ZuperTax(ZuperJson.Flag(json, "tax_exempt"), TaxGroup(json));

    /// <summary>A mail address by itself, or in an object.</summary>
    public static string? Email(JsonElement json) => ZuperJson.Text(json) ?? ZuperJson.Text(json, "email");

    private static ZuperCustomField? CustomField(JsonElement json) =>
        ZuperJson.Text(json, "label") is not { } label ? null
        : ZuperJson.Member(json, "value") is not { } value
            ? new ZuperCustomField(label, "", ZuperJson.Text(json, "type"))
        : ValueOf(value) is { } text ? new ZuperCustomField(label, text, ZuperJson.Text(json, "type"))
        : new ZuperCustomField(label, "", ZuperJson.Text(json, "type"))
        {
            Unreadable = ZuperExcerpt.Of(JsonMarshal.GetRawUtf8Value(value), null),
        };

    /// <summary>
    /// The value as a person sees it. Fields of several items hold a list; look-ups and users hold an object, which is
    /// read by its name or label.
    /// </summary>
    /// <returns>Empty where there is none; null where there is one that can't be read.</returns>
    private static string? ValueOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => "",
            JsonValueKind.Array => value.EnumerateArray().Select(ValueOf).ToList() is var items
            && items.TrueForAll(i => i is not null)
                ? string.Join(", ", items.Where(i => i!.Length > 0))
                : null,
            JsonValueKind.Object when !value.EnumerateObject().Any() => "",
            JsonValueKind.Object => NamesOfValues
                .Select(name => ZuperJson.Text(value, name))
                .FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)),
            _ => ZuperJson.Text(value),
        };

    private static string? TaxGroup(JsonElement? json) =>
        ZuperJson.Text(json, "tax_group") ?? ZuperJson.Text(ZuperJson.Object(json, "tax_group"), "tax_group_uid");
}

/// <summary>How an organization is taxed.</summary>
/// <param name="Exempt">Null when Zuper does not say.</param>
/// <param name="Group">The tax group's uid, or its text when it is no object.</param>
public sealed record ZuperTax(bool? Exempt, string? Group);
