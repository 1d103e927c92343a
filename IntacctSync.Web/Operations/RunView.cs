using System.Text.Json.Serialization;
using IntacctSync.Core.Runs;

namespace IntacctSync.Web.Operations;

/// <summary>A run as the API shows it.</summary>
internal sealed record RunView(
    string RunId,
    string Kind,
    string Flow,
    RunState State,
    int Found,
    int Done,
    int Failed,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Report = null
)
{
    public static RunView Of(Run run) =>
        new(
            run.RunId,
            run.Kind,
            run.Flow.Value,
            run.State,
            run.Found,
            run.Done,
            run.Failed,
            run.StartedAt,
            run.EndedAt,
            run.Report
        );
}

/// <summary>A run that has begun.</summary>
/// <param name="RunId">By which it is read and cancelled.</param>
internal sealed record RunStarted(string RunId);
