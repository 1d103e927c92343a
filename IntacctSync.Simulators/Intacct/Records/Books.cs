using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IntacctSync.Simulators.Intacct.Records;

/// <summary>All records of a company, with an undo log. Its user holds the company's lock.</summary>
internal sealed class Books
{
    private readonly Dictionary<string, RecordTable> _tables = Tables();

    private readonly Stack<(RecordTable Table, int RecordNo, StoredRecord? Before)> _undo = new();

    private (DateTimeOffset At, bool NoModified, Dictionary<string, DateTimeOffset> Times)? _times;

    /// <summary>The last day of the closed periods; null = all are open.</summary>
    public DateOnly? ClosedThrough { get; set; }

    public RecordTable? Table(string name) => _tables.GetValueOrDefault(name);

    public RecordTable this[string name] => _tables[name];

    /// <summary>A point that <see cref="RollBack"/> can go back to.</summary>
    public int Mark() => _undo.Count;

    public void RollBack(int mark)
    {
        while (_undo.TryPeek(out _) && _undo.Count > mark)
        {
            var (table, recordNo, before) = _undo.Pop();
            table.Restore(recordNo, before);
        }
    }

    /// <summary>What was done stays done.</summary>
    public void Commit() => _undo.Clear();

    /// <summary>Adds a record under a new number, or under one that another object gave it.</summary>
    public StoredRecord Insert(RecordTable table, Dictionary<string, string> values, Stamp stamp, int? recordNo = null)
    {
        values["CREATEDBY"] = values["MODIFIEDBY"] = stamp.UserNo.ToString(CultureInfo.InvariantCulture);
        values["CREATEDBYLOGINID"] = values["MODIFIEDBYLOGINID"] = stamp.UserId;
        if (stamp.Entity.Length > 0)
            values["MEGAENTITYID"] = values["MEGAENTITYNAME"] = stamp.Entity;
        var number = recordNo ?? table.NextRecordNo();
        if (table.Definition.Field("RECORD_URL") is not null)
            values["RECORD_URL"] = AddressOf(table.Definition.Name, number);
        return Put(table, new StoredRecord(number, values) { Times = TimesOf(stamp), At = stamp.At });
    }

    /// <summary>The page that shows a record to people, under a key that tells nothing of the record.</summary>
    private static string AddressOf(string objectName, int recordNo) =>
        "https://www.intacct.com/ia/acct/ur.phtml?.r="
        + Convert
            .ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{objectName} {recordNo}")))
            .Replace('+', '-')
            .Replace('/', '_')
            .TrimEnd('=');

    /// <summary>Replaces a record's values; its WHENMODIFIED becomes now.</summary>
    public StoredRecord Update(RecordTable table, StoredRecord record, Dictionary<string, string> values, Stamp stamp)
    {
        values["MODIFIEDBY"] = stamp.UserNo.ToString(CultureInfo.InvariantCulture);
        values["MODIFIEDBYLOGINID"] = stamp.UserId;
        return Put(
            table,
            record with
            {
                Values = values,
                Times = new Dictionary<string, DateTimeOffset>(record.Times, StringComparer.Ordinal)
                {
                    ["WHENMODIFIED"] = stamp.At,
                },
                At = stamp.At,
                Previous = stamp.KeepsPrevious ? record : null,
            }
        );
    }

    /// <summary>Replaces a record's values without a trace in WHENMODIFIED or MODIFIEDBY.</summary>
    public StoredRecord UpdateQuietly(
        RecordTable table,
        StoredRecord record,
        Dictionary<string, string> values,
        Stamp stamp
    ) => Put(table, record with { Values = values, At = stamp.At, Previous = stamp.KeepsPrevious ? record : null });

    /// <summary>Takes a record's WHENMODIFIED away, as some live records have none.</summary>
    public void ForgetWhenModified(RecordTable table, StoredRecord record)
    {
        var times = new Dictionary<string, DateTimeOffset>(record.Times, StringComparer.Ordinal);
        times.Remove("WHENMODIFIED");
        Put(table, record with { Times = times });
    }

    /// <summary>Removes a record and writes the audit trail of it.</summary>
    public void Delete(RecordTable table, StoredRecord record, Stamp stamp)
    {
        Put(table, record with { Deleted = true, At = stamp.At, Previous = stamp.KeepsPrevious ? record : null });
        if (!table.Definition.Audited)
            return;
        var audit = this["AUDITHISTORY"];
        var number = audit.NextRecordNo();
        Put(
            audit,
            new StoredRecord(
                number,
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["ID"] = number.ToString(CultureInfo.InvariantCulture),
                    ["OBJECTTYPE"] = table.Definition.Name.ToLowerInvariant(),
                    ["OBJECTKEY"] = AuditKeyOf(table.Definition, record),
                    ["ACCESSMODE"] = "D",
                    ["USERID"] = stamp.UserId,
                    ["SOURCE"] = stamp.Source,
                }
            )
            {
                Times = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal) { ["ACCESSTIME"] = stamp.At },
                At = stamp.At,
            }
        );
    }

    /// <summary>Records of one second share theirs: there can be very many lines.</summary>
    private Dictionary<string, DateTimeOffset> TimesOf(Stamp stamp)
    {
        if (_times is { } last && last.At == stamp.At && last.NoModified == stamp.NullWhenModified)
            return last.Times;
        var times = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal)
        {
            ["WHENCREATED"] = stamp.At,
            ["AUWHENCREATED"] = stamp.At,
        };
        if (!stamp.NullWhenModified)
            times["WHENMODIFIED"] = stamp.At;
        _times = (stamp.At, stamp.NullWhenModified, times);
        return times;
    }

    private static Dictionary<string, RecordTable> Tables()
    {
        var numbers = ObjectCatalog.All.ToDictionary(d => d.Name, _ => new RecordNumbers(), StringComparer.Ordinal);
        return ObjectCatalog.All.ToDictionary(
            d => d.Name,
            d => new RecordTable(d, numbers[d.NumbersOf ?? d.Name]),
            StringComparer.OrdinalIgnoreCase
        );
    }

    private static string AuditKeyOf(ObjectDefinition definition, StoredRecord record) =>
        definition.AuditKey switch
        {
            AuditKey.NameField => record[definition.KeyField],
            AuditKey.RecordNoWithSuffix => string.Create(CultureInfo.InvariantCulture, $"{record.RecordNo}--REC"),
            _ => record.RecordNo.ToString(CultureInfo.InvariantCulture),
        };

    private StoredRecord Put(RecordTable table, StoredRecord record)
    {
        _undo.Push((table, record.RecordNo, table.Put(record)));
        return record;
    }
}
