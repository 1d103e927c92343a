using System.Collections.Concurrent;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.CustomFields;

/// <summary>
/// The custom fields that an organisation has defined, read once an hour, and anew when a person asks for a record.
/// </summary>
public sealed class UpflowFieldCatalog(UpflowClient upflow, TimeProvider time)
{
    private static readonly TimeSpan Lasting = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<ConnectionId, Reading> _readings = new();

    /// <summary>The fields of one kind; none, and no call, where the settings name none.</summary>
    /// <exception cref="UpflowException">They could not be read.</exception>
    internal async Task<IReadOnlyList<UpflowFieldDefinition>> OfAsync(
        FlowBatch batch,
        CustomFieldKind kind,
        CancellationToken cancellationToken
    )
    {
        var connection = batch.Connection;
        if (kind.Map(connection.Upflow().CustomFields).Count == 0)
            return [];
        var now = time.GetUtcNow();
        if (
            !_readings.TryGetValue(connection.Id, out var known)
            || !batch.MayUse(known.At)
            || known.Revision != connection.Revision
            || !NotedTimes.IsWithin(Lasting, known.At, now)
        )
        {
            var fields = await upflow.ListCustomFieldsAsync(batch.Access.Upflow(), cancellationToken);
            _readings[connection.Id] = known = new Reading(fields, connection.Revision, now);
        }

        return [.. known.Fields.Where(f => f.Entity is null || f.Entity == kind.Entity)];
    }

    private sealed record Reading(IReadOnlyList<UpflowFieldDefinition> Fields, int Revision, DateTimeOffset At);
}
