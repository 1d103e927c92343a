using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Runs;

/// <summary>What a run was asked to look at.</summary>
public sealed record RunReach
{
    /// <summary>What changed since the last look, or what is looked for by itself.</summary>
    public static RunReach None { get; } = new();

    /// <summary>Whether everything is read, and not only what changed since some time.</summary>
    public bool Full { get; init; }

    /// <summary>Whether what is dated before the connection's start is left out, as at a first sync.</summary>
    public bool First { get; init; }

    /// <summary>What changed since then; of a comparison the first day, in UTC. Null for no beginning.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Of a comparison, the last day; null for no end.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Of a comparison, the flows that it was asked for; null for all that were on.</summary>
    public IReadOnlyList<FlowName>? Flows { get; init; }

    /// <summary>Whether it is a comparison that the settings ask for, and nobody else.</summary>
    public bool Nightly { get; init; }

    /// <summary>Whether records dated before the connection's start are wanted as well.</summary>
    public bool Requested => !First && (Full || Since is not null);

    /// <summary>Of a comparison, whether it is of all flows and of every day that another one is of. Pure.</summary>
    public bool Covers(RunReach other) =>
        Flows is null && (Since is null || Since <= other.Since) && (Until is null || Until >= other.Until);

    /// <summary>Of a comparison, the first day.</summary>
    public DateOnly? FirstDay => Since is { } since ? DateOnly.FromDateTime(since.UtcDateTime) : null;

    /// <summary>Everything, or what changed since a time.</summary>
    /// <param name="since">Null for everything.</param>
    /// <param name="requested">Whether records dated before the connection's start are wanted as well.</param>
    public static RunReach Of(DateTimeOffset? since, bool requested) =>
        new()
        {
            Full = since is null,
            First = !requested,
            Since = since,
        };

    /// <summary>The days and flows of a comparison.</summary>
    public static RunReach OfDays(
        DateOnly? since,
        DateOnly? until,
        IReadOnlyCollection<FlowName>? flows,
        bool nightly
    ) =>
        new()
        {
            Since = since is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : null,
            Until = until,
            Flows = flows is null ? null : [.. flows],
            Nightly = nightly,
        };
}
