using System.Collections.Concurrent;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Records;

namespace IntacctSync.Core.Zuper.CustomFields;

/// <summary>
/// The custom fields that a company of Intacct has, read once an hour, and anew when a person asks for a record or the
/// settings change.
/// </summary>
public sealed class CustomFieldCatalog(IntacctClient intacct, TimeProvider time)
{
    private static readonly TimeSpan Lasting = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(ConnectionId Connection, string Object), Reading> _readings = new();

    /// <summary>How the fields of one kind are carried. There is no call where the settings name none.</summary>
    /// <exception cref="IntacctException">The fields could not be read.</exception>
    internal async Task<CarriedFieldMap> OfAsync(
        FlowBatch batch,
        CarriedFieldKind kind,
        CancellationToken cancellationToken
    )
    {
        var (connection, settings) = (batch.Connection, batch.Connection.Zuper());
        if (kind.Map(settings.CustomFields).Count == 0 && kind.CopiedLabel(settings) is null)
            return new CarriedFieldMap(kind, settings, []);
        var (key, now) = ((connection.Id, kind.Object), time.GetUtcNow());
        if (
            !_readings.TryGetValue(key, out var known)
            || !batch.MayUse(known.At)
            || known.Revision != connection.Revision
            || !NotedTimes.IsWithin(Lasting, known.At, now)
        )
        {
            var fields = await intacct.ListCustomFieldsAsync(
                batch.Access.Intacct,
                kind.Object,
                kind.DefinitionOf(settings),
                cancellationToken
            );
            _readings[key] = known = new Reading(fields, connection.Revision, now);
        }

        return new CarriedFieldMap(kind, settings, known.Fields);
    }

    /// <summary>How the fields of one kind are carried, where both sides are compared.</summary>
    /// <exception cref="IntacctException">The fields could not be read.</exception>
    internal Task<CarriedFieldMap> OfAsync(
        ComparedScope scope,
        CarriedFieldKind kind,
        CancellationToken cancellationToken
    ) => OfAsync(new FlowBatch(scope.Connection, scope.Access, []), kind, cancellationToken);

    private sealed record Reading(IReadOnlyList<CustomFieldDefinition> Fields, int Revision, DateTimeOffset At);
}
