using System.Text.Json;
using IntacctSync.Core.Runs;

namespace IntacctSync.Core.Review;

/// <summary>One of the lists of a run's report, written as its lines come.</summary>
/// <param name="reports">Where.</param>
/// <param name="run">Whose.</param>
/// <param name="list">The run's id, or one of the names that <see cref="RunReports"/> makes of it.</param>
internal sealed class ReportList(RunReports reports, RunProgress run, string list)
{
    private int _pieces;

    /// <summary>Adds a line for each, as JSON.</summary>
    public async Task AddAsync<T>(IEnumerable<T> lines, CancellationToken cancellationToken) =>
        _pieces = await reports.AddAsync(
            run.Connection,
            list,
            _pieces,
            lines.Select(line => JsonSerializer.Serialize(line, PreviewReport.Json)),
            cancellationToken
        );
}
