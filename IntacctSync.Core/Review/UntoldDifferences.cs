using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Runs;

namespace IntacctSync.Core.Review;

/// <summary>
/// Tells what of a comparison at night is new: what no letter has told of that a mail server accepted, and what nobody
/// else tells people of (<see cref="RecordDifference.IsTold"/>). So each difference is told once, and again when it
/// changes or comes back.
/// </summary>
/// <remarks>
/// With each comparison the marks are kept of what had been told before it. If the letter of the last comparison was
/// accepted, all its differences count as told; if not, only those marks do.
/// </remarks>
internal sealed class UntoldDifferences
{
    private readonly HashSet<ulong> _before;
    private readonly HashSet<ulong> _still = [];

    private UntoldDifferences(HashSet<ulong> before) => _before = before;

    /// <summary>Reads what people were told by the last comparison at night and those before it.</summary>
    public static async Task<UntoldDifferences> ReadAsync(
        RunStore runs,
        RunReports reports,
        NoticeStore notices,
        ConnectionId connection,
        CancellationToken cancellationToken
    )
    {
        var before = new HashSet<ulong>();
        var last = (await runs.ListAsync(connection, cancellationToken)).FirstOrDefault(r =>
            r is { Kind: RunKinds.Reconcile, State: RunState.Done, Reach.Nightly: true }
        );
        if (last is null)
            return new UntoldDifferences(before);
        if (await notices.ToldRunAsync(connection, NightlyLetter.Differences, cancellationToken) == last.RunId)
        {
            await foreach (var line in reports.ReadAsync(connection, last.RunId, cancellationToken))
            {
                if (JsonSerializer.Deserialize<RecordDifference>(line, PreviewReport.Json) is { IsTold: true } told)
                    before.Add(MarkOf(told));
            }
        }
        else
        {
            await foreach (var line in reports.ReadAsync(connection, RunReports.Told(last.RunId), cancellationToken))
                before.Add(ulong.Parse(line, CultureInfo.InvariantCulture));
        }

        return new UntoldDifferences(before);
    }

    /// <summary>The marks of those that were told before and were found again.</summary>
    public IReadOnlyCollection<ulong> Still => _still;

    public IReadOnlyList<RecordDifference> Among(IEnumerable<RecordDifference> differences)
    {
        var untold = new List<RecordDifference>();
        foreach (var difference in differences.Where(d => d.IsTold))
        {
            var mark = MarkOf(difference);
            if (_before.Contains(mark))
                _still.Add(mark);
            else
                untold.Add(difference);
        }

        return untold;
    }

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
                        difference.Cause
                    )
                )
            )
        );
}
