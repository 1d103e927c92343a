using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;

namespace IntacctSync.Core.Review;

/// <summary>
/// Tells what of a comparison at night is new: what the one before did not find in the same way, and what nobody else
/// tells people of (<see cref="RecordDifference.IsTold"/>). So each difference is told once, and again when it changes.
/// </summary>
internal sealed class UntoldDifferences
{
    private readonly HashSet<ulong> _before;

    private UntoldDifferences(HashSet<ulong> before) => _before = before;

    /// <summary>Reads what the last comparison at night found.</summary>
    public static async Task<UntoldDifferences> ReadAsync(
        RunStore runs,
        RunReports reports,
        ConnectionId connection,
        CancellationToken cancellationToken
    )
    {
        var before = new HashSet<ulong>();
        if ((await runs.ListAsync(connection, cancellationToken)).FirstOrDefault(IsOfNight) is { } last)
        {
            await foreach (var line in reports.ReadAsync(connection, last.RunId, cancellationToken))
            {
                if (JsonSerializer.Deserialize<RecordDifference>(line, PreviewReport.Json) is { } difference)
                    before.Add(MarkOf(difference));
            }
        }

        return new UntoldDifferences(before);
    }

    public IEnumerable<RecordDifference> Among(IEnumerable<RecordDifference> differences) =>
        differences.Where(d => d.IsTold && !_before.Contains(MarkOf(d)));

    private static bool IsOfNight(Run run) =>
        run is { Kind: RunKinds.Reconcile, State: RunState.Done, Report: { } report }
        && JsonSerializer.Deserialize<ReconcileSummary>(report, PreviewReport.Json)?.Untold is not null;

    /// <summary>The same for the same difference, and unlikely to be so for another one.</summary>
    private static ulong MarkOf(RecordDifference difference) =>
        BinaryPrimitives.ReadUInt64LittleEndian(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Join(
                        '\n',
                        difference.Flow,
                        difference.SourceId,
                        difference.TargetId,
                        difference.Field,
                        difference.Source,
                        difference.Target,
                        difference.IsTold ? difference.Cause : ""
                    )
                )
            )
        );
}
