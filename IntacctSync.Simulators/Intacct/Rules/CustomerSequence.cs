using System.Globalization;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules;

/// <summary>The document sequence of customers: the first free number after the count of records ever made.</summary>
internal static class CustomerSequence
{
    public static string Next(RecordTable table)
    {
        for (var number = table.LastRecordNo + 1; ; number++)
            if (string.Create(CultureInfo.InvariantCulture, $"CUST-{number:00000}") is var id && table.Find(id) is null)
                return id;
    }
}
