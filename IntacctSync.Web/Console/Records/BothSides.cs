using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Review;

namespace IntacctSync.Web.Console.Records;

/// <summary>Both sides of a record as they are now, or why they could not be read.</summary>
/// <param name="Explained">What was read; null where it could not be.</param>
/// <param name="Error">Why not.</param>
public sealed record BothSides(RecordExplanation? Explained, string? Error)
{
    /// <summary>
    /// The fields in the target's words, each with what both sides say of it; null where a side says nothing, so that
    /// they were not compared.
    /// </summary>
    public IEnumerable<(string Field, string? Source, string? Target, bool Differs)> Fields
    {
        get
        {
            if (Explained is null)
                yield break;
            var differing = Explained.Differences.ToDictionary(d => d.Field, StringComparer.Ordinal);
            var (mapped, target) = (Explained.Mapped as JsonObject ?? [], Explained.Counterpart as JsonObject ?? []);
            foreach (var difference in Explained.Differences)
                yield return (difference.Field, difference.Source, difference.Target, true);
            foreach (var name in mapped.Select(f => f.Key).Union(target.Select(f => f.Key), StringComparer.Ordinal))
            {
                if (!differing.ContainsKey(name) && (mapped[name] ?? target[name])?.ToString() is { Length: > 0 })
                    yield return (name, mapped[name]?.ToString(), target[name]?.ToString(), false);
            }
        }
    }

    /// <summary>Reads them; what a system says against that is said in words.</summary>
    internal static async Task<BothSides> ReadAsync(
        Explainer explainer,
        Connection connection,
        FlowName flow,
        string sourceId,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await explainer.ExplainAsync(connection, flow, sourceId, cancellationToken) is { } explained
                ? new BothSides(explained, null)
                : new BothSides(null, "Neither side shows it any more.");
        }
        catch (Exception e) when (TextOf(e, connection) is { } text)
        {
            return new BothSides(null, text);
        }
    }

    /// <summary>Why a system could not be read, in words; null for what nobody expects.</summary>
    internal static string? TextOf(Exception exception, Connection connection)
    {
        if (exception is CompanyBusyException)
            return exception.Message;
        if (exception is OperationCanceledException or OutOfMemoryException)
            return null;
        var problem = Failures.Of(exception).Problem.WhereAsked().Naming(connection.Settings.Profile.Title);
        return problem.Code == Failures.Unexpected ? null : $"{problem.Message} {problem.Fix}";
    }
}
