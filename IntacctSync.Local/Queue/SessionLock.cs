using IntacctSync.Core.Domain;

namespace IntacctSync.Local.Queue;

/// <summary>The right to work off a session alone, until it expires.</summary>
/// <param name="Company">The session.</param>
/// <param name="Fence">Grows each time that a session is taken, so that a holder who lost it is recognised.</param>
/// <param name="Until">When it expires, as of when it was taken; a renewal lasts
/// <see cref="EnvelopeQueueOptions.LockDuration"/> from then.</param>
public sealed record SessionLock(CompanyId Company, long Fence, DateTimeOffset Until);
