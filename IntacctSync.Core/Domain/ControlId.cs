using System.Globalization;

namespace IntacctSync.Core.Domain;

/// <summary>
/// The control id of a write: the same for every attempt at the same effect, and never the same for two effects that
/// may both be.
/// </summary>
/// <remarks>
/// Intacct refuses a function whose control id it has executed before when <c>uniqueid</c> is true
/// (developer.intacct.com, Web Services, Requests). It holds 1 to 256 characters; this one always holds 43.
/// </remarks>
public readonly record struct ControlId(string Value)
{
    /// <param name="installation">The id made with the store, so that a rebuilt store repeats no id that Intacct
    /// remembers.</param>
    /// <param name="connectionMade">When the record's connection was made: one that was purged and made anew counts
    /// from the beginning again, and must not repeat its former ids.</param>
    /// <param name="key">The record.</param>
    /// <param name="operation">For example <c>create</c>.</param>
    /// <param name="counter">The record's own count of intents, which grows by one with each.</param>
    public static ControlId For(
        string installation,
        DateTimeOffset connectionMade,
        SyncKey key,
        string operation,
        long counter
    ) =>
        new(
            "is-"
                + ShortHash.Of(
                    string.Join(
                        '\n',
                        string.Create(CultureInfo.InvariantCulture, $"{installation}/{connectionMade.UtcTicks}"),
                        key.Connection,
                        key.Flow,
                        key.SourceId,
                        operation,
                        counter.ToString(CultureInfo.InvariantCulture)
                    ),
                    40
                )
        );

    public override string ToString() => Value;
}
