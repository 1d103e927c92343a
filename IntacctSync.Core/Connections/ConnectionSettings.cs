using System.Text.Json.Serialization;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Connections;

/// <summary>
/// The connection document without its secrets. What every connection has stands here; an app adds its own members
/// beside them. Names and defaults are those of the public contract.
/// </summary>
public abstract record ConnectionSettings
{
    [JsonIgnore]
    public abstract IAppProfile Profile { get; }

    [JsonPropertyOrder(-4)]
    public string App => Profile.Name;

    [JsonPropertyOrder(-3)]
    public SyncMode Mode { get; init; } = SyncMode.Live;

    /// <summary>Transactions dated before it are skipped; null stands for the day the connection was made.</summary>
    [JsonPropertyOrder(-2)]
    public DateOnly? StartDate { get; init; }

    [JsonPropertyOrder(-1)]
    public IntacctSettings Intacct { get; init; } = new();

    [JsonPropertyOrder(1)]
    public IReadOnlyList<string> SyncFailureEmails { get; init; } = [];

    /// <summary>Whether a flow is on.</summary>
    public abstract bool Syncs(FlowName flow);

    /// <summary>
    /// Whether a record is synced. For most records the flow alone decides; an app may decide by the source id as well.
    /// </summary>
    public virtual bool Syncs(FlowName flow, string sourceId) => Syncs(flow);

    /// <summary>
    /// The members by which these settings name another account of the app, or another entity of the Intacct company,
    /// than older settings did. Each entity has documents of its own: those of the former one would stay as they were
    /// in the app for ever, and those that the other one had before would never come.
    /// </summary>
    public IEnumerable<AccountChange> AccountChanges(ConnectionSettings old)
    {
        foreach (var change in AppAccountChanges(old))
            yield return change;
        var (was, now) = (EntityOf(old), EntityOf(this));
        if (!string.Equals(was, now, StringComparison.OrdinalIgnoreCase))
            yield return new AccountChange("intacct.entityId", now, was);

        static string EntityOf(ConnectionSettings settings) =>
            settings.Intacct.EntityId?.Trim() is { Length: > 0 } entity ? entity : "the top level";
    }

    /// <summary>The members by which these settings name another account of the app than older settings did.</summary>
    protected abstract IEnumerable<AccountChange> AppAccountChanges(ConnectionSettings old);

    /// <summary>Whether the lists that the form's fields are chosen from are those of older settings of the same
    /// accounts.</summary>
    public virtual bool ListsAsWith(ConnectionSettings old) => true;

    /// <summary>The flows of the app, parents before what refers to them.</summary>
    internal IReadOnlyList<AppFlow> Flows => Profile.Flows;
}

/// <summary>A member of a document that names another account than before.</summary>
/// <param name="Field">Its path.</param>
/// <param name="Now">What it names now.</param>
/// <param name="Was">What it named before.</param>
public sealed record AccountChange(string Field, string Now, string Was);

/// <summary>Whether anything is written.</summary>
public enum SyncMode
{
    Live,

    /// <summary>
    /// Everything is read and decided, and nothing is written. Each record's timeline says what would have been done.
    /// </summary>
    Shadow,
}
