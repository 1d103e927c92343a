using System.Globalization;
using System.Xml;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>
/// Elements that only the older functions have. These functions take their elements in one order only.
/// </summary>
internal static class LegacyXml
{
    /// <summary>A date in three elements. Null leaves it out.</summary>
    public static void Date(this XmlWriter writer, string name, DateOnly? date)
    {
        if (date is not { } day)
            return;
        writer.Group(
            name,
            w =>
            {
                w.Field("year", day.ToString("yyyy", CultureInfo.InvariantCulture));
                w.Field("month", day.ToString("MM", CultureInfo.InvariantCulture));
                w.Field("day", day.ToString("dd", CultureInfo.InvariantCulture));
            }
        );
    }

    /// <summary>An amount of money, with all its decimals and at least two. Null leaves it out.</summary>
    public static void Money(this XmlWriter writer, string name, decimal? amount) =>
        writer.Field(name, amount?.ToString("0.00##########", CultureInfo.InvariantCulture));

    /// <summary>A number without trailing noughts. Null leaves it out.</summary>
    public static void Number(this XmlWriter writer, string name, decimal? number) =>
        writer.Field(name, number?.ToString("0.############", CultureInfo.InvariantCulture));

    /// <summary>A contact that exists. Null leaves it out.</summary>
    public static void Contact(this XmlWriter writer, string name, string? contactName)
    {
        if (contactName is not null)
            writer.Group(name, w => w.Field("contactname", contactName));
    }
}
