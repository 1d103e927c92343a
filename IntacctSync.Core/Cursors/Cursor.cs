namespace IntacctSync.Core.Cursors;

/// <summary>How far a feed has been read, and when.</summary>
public sealed record Cursor
{
    /// <summary>The feed's own words for its place; null before the first read.</summary>
    public string? Position { get; init; }

    public DateTimeOffset? LastRunAt { get; init; }

    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>The poll that is on the queue and not begun yet, so that a second one is not sent.</summary>
    public string? WaitingPoll { get; init; }

    public DateTimeOffset? WaitingSince { get; init; }

    public string ETag { get; init; } = "";

    /// <summary>No poll is waiting: the one that did was taken, or came to nothing.</summary>
    public Cursor WithoutPoll() => this with { WaitingPoll = null, WaitingSince = null };

    /// <summary>The feed has been read up to a place. If the reading has ended, no poll is waiting any more.</summary>
    public Cursor At(string position, bool ended, DateTimeOffset now) =>
        this with
        {
            Position = position,
            LastSuccessAt = ended ? now : LastSuccessAt,
            WaitingPoll = ended ? null : WaitingPoll,
            WaitingSince = ended ? null : WaitingSince,
        };
}
