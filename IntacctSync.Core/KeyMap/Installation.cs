using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.KeyMap;

/// <summary>
/// The id made with the store. A store that was rebuilt has another, so it repeats no control id that Intacct
/// remembers.
/// </summary>
public sealed class Installation(ITable table, IIdSource ids)
{
    private const string Partition = "installation";
    private string? _id;

    public async Task<string> IdAsync(CancellationToken cancellationToken)
    {
        if (_id is { } known)
            return known;

        if (await table.GetAsync(Partition, Partition, cancellationToken) is not { } row)
        {
            row = new TableRow(
                Partition,
                Partition,
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["Id"] = ids.NewId() }
            );
            try
            {
                await table.WriteAsync(TableWrite.Insert(row), cancellationToken);
            }
            catch (TableConflictException)
            {
                row = (await table.GetAsync(Partition, Partition, cancellationToken))!;
            }
        }

        return _id = row.Text("Id")!;
    }
}
