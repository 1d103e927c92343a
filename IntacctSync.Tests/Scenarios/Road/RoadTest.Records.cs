using System.Globalization;

namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>What happens to records of Intacct that no page of Intacct could do.</summary>
public abstract partial class RoadTest
{
    /// <summary>Makes an amount of records of Intacct unreadable.</summary>
    internal void Spoil(
        string kind,
        Func<IReadOnlyDictionary<string, string>, bool> which,
        string amount,
        params (string Name, string Value)[] fields
    )
    {
        foreach (var found in Intacct.Company.Records(kind).Where(which).ToList())
            Intacct.Company.Change(context =>
            {
                var table = context.Table(kind);
                var record = table.Find(int.Parse(found["RECORDNO"], CultureInfo.InvariantCulture))!;
                var values = new Dictionary<string, string>(record.Values, StringComparer.Ordinal)
                {
                    [amount] = "one hundred",
                };
                foreach (var (name, value) in fields)
                    values[name] = value;
                return context.Books.UpdateQuietly(table, record, values, context.Stamp).RecordNo;
            });
    }
}
