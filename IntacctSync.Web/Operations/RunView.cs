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
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Report
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
