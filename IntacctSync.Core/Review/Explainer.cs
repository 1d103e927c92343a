using System.Text.Json.Nodes;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Review;

/// <summary>
/// Explains a record: reads both sides now, and rehearses what a sync would do with it. It writes nothing.
/// </summary>
public sealed class Explainer(
    AppCatalog apps,
    ConnectionAccessSource access,
    KeyMapStore keyMap,
    LeasedReading turn,
    OpenRehearsal open
)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <returns>Null where neither the key map nor the source knows such a record.</returns>
    /// <exception cref="CompanyBusyException">The sync is at the company.</exception>
    /// <exception cref="Exception">A system could not be read.</exception>
    public async Task<RecordExplanation?> ExplainAsync(
        Connection connection,
        FlowName flow,
        string sourceId,
        CancellationToken cancellationToken
    )
    {
        using var purpose = TransactionPurpose.Enter(flow.Value);
        var entry = await keyMap.GetAsync(new SyncKey(connection.Id, flow, sourceId), cancellationToken);
        var comparison = apps.Of(connection).Comparisons.FirstOrDefault(c => c.Flow == flow);
        var given = await access.GetAsync(connection, cancellationToken);
        return await turn.WithAsync(
            connection.Company,
            Patience,
            async () =>
            {
                var scope = new ComparedScope(connection, given);
                var source = comparison is null
                    ? null
                    : await comparison.FindSourceAsync(scope, sourceId, cancellationToken);
                if (entry is null && source is null && comparison is not null)
                    return null;
                var target =
                    comparison is not null && entry?.TargetId is not null
                        ? (await comparison.FindTargetsAsync(scope, [entry], cancellationToken)).GetValueOrDefault(
                            sourceId
                        )
                        : null;
                await using var road = open();
                var ends = await road.RunAsync(
                    connection,
                    given,
                    flow,
                    [sourceId],
                    requested: false,
                    cancellationToken
                );
                return Tell(connection, entry, comparison, source, target, ends.SingleOrDefault());
            },
            cancellationToken
        );
    }

    private static RecordExplanation Tell(
        Connection connection,
        KeyMapEntry? entry,
        IFlowComparison? comparison,
        ComparedRecord? source,
        ComparedRecord? target,
        RehearsedRecord? end
    )
    {
        var verdict = end is null
            ? new RehearsalVerdict(RehearsedKind.Skip, "The connection leaves it out: its flow is off.")
            : RehearsalVerdict.Of(end, connection.Settings.Profile.Title);
        var calls = end?.Calls ?? [];
        IReadOnlyList<FieldDifference> differences =
            comparison is null || source is null || target is null || (source.Unread ?? target.Unread) is not null
                ? []
                : [.. FieldDifference.Between(comparison, source, target, entry)];
        if (verdict.Kind == RehearsedKind.Equal && differences.Count > 0)
            verdict = verdict with
            {
                Why =
                    "Its source has not changed since it was last carried over, so nothing is written for it. What "
                    + "differs all the same is named below.",
            };
        return new RecordExplanation(
            source?.Title ?? entry?.Title,
            entry?.TargetId,
            source?.Whole ?? FieldsOf(comparison, source),
            target?.Whole ?? FieldsOf(comparison, target),
            FieldsOf(comparison, source),
            FieldsOf(comparison, target, withEmpty: true),
            differences,
            verdict.Kind,
            string.Join(
                ' ',
                new[]
                {
                    source is null && comparison is not null ? "Its source does not show it." : null,
                    (source?.Unread ?? target?.Unread) is { } unread ? $"It could not be read: {unread.Message}" : null,
                    verdict.Why,
                }.OfType<string>()
            ),
            verdict.Fix,
            calls.Count == 0 ? null : string.Join("\n\n", calls.Select(c => $"{c.System}: {c.Call}\n{c.Text}")),
            entry is null ? null : SentRequest.Of(entry)
        );
    }

    /// <summary>
    /// What a side says, by field; null where there is no such side. What it does not say is missing.
    /// </summary>
    private static JsonObject? FieldsOf(IFlowComparison? comparison, ComparedRecord? record, bool withEmpty = false)
    {
        if (comparison is null || record is null)
            return null;
        var fields = new JsonObject();
        for (var i = 0; i < comparison.Fields.Count; i++)
        {
            if (record.Values[i] is { } value && (withEmpty || value.Length > 0))
                fields[comparison.Fields[i]] = value;
        }

        foreach (var (name, value) in record.CustomFields.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            if (value is not null && (withEmpty || value.Length > 0))
                fields[name] = value;
        }

        return fields;
    }
}

/// <summary>A record explained.</summary>
/// <param name="Title">What a person calls it.</param>
/// <param name="TargetId">The counterpart that it is linked to; null where it is linked to none.</param>
/// <param name="Source">What its source has now; null where it shows none.</param>
/// <param name="Target">What its counterpart has now; null where there is none, or it is not shown.</param>
/// <param name="Mapped">The source in the target's words.</param>
/// <param name="Counterpart">The target in the same words: what it says of each field that is compared.</param>
/// <param name="Differences">The fields that differ.</param>
/// <param name="WouldDo">What a sync would do with it now.</param>
/// <param name="Why">Why.</param>
/// <param name="Fix">What a person must do first; null where nothing.</param>
/// <param name="Request">The text that would be sent, without secrets; null where nothing would.</param>
/// <param name="LastRequest">What was sent last, and answered; null where nothing was.</param>
public sealed record RecordExplanation(
    string? Title,
    string? TargetId,
    JsonNode? Source,
    JsonNode? Target,
    JsonNode? Mapped,
    JsonNode? Counterpart,
    IReadOnlyList<FieldDifference> Differences,
    RehearsedKind WouldDo,
    string Why,
    string? Fix,
    string? Request,
    SentRequest? LastRequest = null
);

/// <summary>The last request that went out for a record, and what was answered.</summary>
/// <param name="At">When it was answered; while no answer is known, when it was sent or fell in doubt.</param>
/// <param name="Operation"><c>create</c>, <c>update</c> or another verb.</param>
/// <param name="Call">The function of Intacct, or the call of the app.</param>
/// <param name="ControlId">Under which it was sent.</param>
/// <param name="Request">The text that was sent, without any part of a sign-in; of a long one the beginning.</param>
/// <param name="Answer">What was answered, in words; null while no answer is known.</param>
public sealed record SentRequest(
    DateTimeOffset At,
    string Operation,
    string Call,
    string ControlId,
    string Request,
    string? Answer
)
{
    /// <returns>Null where none went out, or none was kept yet.</returns>
    public static SentRequest? Of(KeyMapEntry entry) =>
        entry switch
        {
            { Intent: { } open } => new(
                open.At,
                open.Operation,
                open.FunctionName,
                open.ControlId.Value,
                WholeCharacters.Cut(open.Function, LastRequest.MostCharacters),
                null
            ),
            { LastRequest: { } last } => new(
                last.At,
                last.Operation,
                last.Call,
                last.ControlId,
                last.Text,
                last.Answer
            ),
            _ => null,
        };
}
