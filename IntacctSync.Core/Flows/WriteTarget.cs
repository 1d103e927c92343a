using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Flows;

/// <summary>
/// What a flow knows about the objects that it writes: how to name one after a write, and how to find one whose reply
/// was lost.
/// </summary>
/// <param name="TargetIdOf">The id in the answer to a write; null when the answer does not carry it.</param>
/// <param name="FindAsync">The ids, by natural key, of those that exist.</param>
/// <param name="WritesBack">Whether the id is due at the source after a write.</param>
/// <param name="EndedAsync">Those among the ids that are reversed, as Intacct shows; null for objects that never
/// are.</param>
/// <param name="GoneAsync">Those among the records, by source id, whose counterparts are taken for deleted
/// (<see cref="AbsenceVerdict"/>), of reversals that Intacct takes no more under their control ids. One that is not
/// shown and not taken for deleted ends. Null for objects that are shown after a reversal.</param>
/// <param name="ObjectionTo">Of a create without an answer, whose natural key <paramref name="FindAsync"/> was asked
/// for just now: why what stands under that key can't be taken for it, and is in its way; null where nothing is. Null
/// for objects whose natural key nobody else gives.</param>
/// <param name="DecidesAnew">Whether a create or a reversal that is not found is not sent again as it was: its row
/// stays open with the intent, for the flow to look at what the source and Intacct say by now. For objects that Intacct
/// would take twice, and that people enter by hand as well.</param>
public sealed record WriteTarget(
    Func<Intent, FunctionResult, string?> TargetIdOf,
    Func<IReadOnlyCollection<string>, CancellationToken, Task<IReadOnlyDictionary<string, string>>> FindAsync,
    Func<KeyMapEntry, string, bool> WritesBack,
    Func<IReadOnlyCollection<string>, CancellationToken, Task<IReadOnlySet<string>>>? EndedAsync = null,
    Func<RecordPass, IReadOnlyList<string>, CancellationToken, Task<IReadOnlySet<string>>>? GoneAsync = null,
    Func<Intent, Domain.Problem?>? ObjectionTo = null,
    bool DecidesAnew = false
);
