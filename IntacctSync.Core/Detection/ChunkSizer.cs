using System.Collections.Concurrent;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Detection;

/// <summary>
/// How many records a chunk of a backfill takes. A chunk that is worked off in a moment may be larger, so that few
/// requests carry it; one that takes long must not, since a change of now waits behind it. So it is 25 at first,
/// doubled while the chunk before took under half of <see cref="Turn"/>, and halved when it took longer. Remembered for
/// each company.
/// </summary>
public sealed class ChunkSizer
{
    public const int First = 25;
    public const int Least = 10;

    /// <summary>
    /// With its bookmark, a chunk fills one batch of a session (<c>Pipeline/SessionGate.cs</c>), which then waits for
    /// nothing more.
    /// </summary>
    public const int Most = 99;

    /// <summary>How long a change may wait for the chunk before it.</summary>
    public static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<CompanyId, int> _sizes = new();

    public int SizeFor(CompanyId company) => _sizes.GetValueOrDefault(company, First);

    /// <summary>The records of a chunk have had their turn.</summary>
    /// <param name="company">Whose session worked them off.</param>
    /// <param name="took">Since they were put on the queue, with all that came in between.</param>
    public void WorkedOff(CompanyId company, TimeSpan took) =>
        _sizes.AddOrUpdate(company, _ => Next(First, took), (_, size) => Next(size, took));

    internal static int Next(int size, TimeSpan took) =>
        took > Turn ? Math.Max(Least, size / 2)
        : took < Turn / 2 ? Math.Min(Most, size * 2)
        : size;
}
