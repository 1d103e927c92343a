using System.Globalization;

namespace IntacctSync.Core.Domain;

/// <summary>
/// What a rehearsal would have sent. In a rehearsal the road does all that it does, over a copy of its memory; where it
/// would write to another system, the call is noted here in place of being made, and counts as carried out.
/// </summary>
public sealed class Rehearsal
{
    /// <summary>The beginning of an id that stands for one that the other system would give.</summary>
    public const string NewIdPrefix = "new-";

    private readonly Lock _gate = new();
    private readonly List<RehearsedCall> _calls = [];
    private int _ids;

    /// <summary>The calls so far, in their order.</summary>
    public IReadOnlyList<RehearsedCall> Calls
    {
        get
        {
            lock (_gate)
                return [.. _calls];
        }
    }

    public void Note(string system, string call, string text)
    {
        lock (_gate)
            _calls.Add(new RehearsedCall(system, call, text));
    }

    /// <summary>In place of the id that the other system would give.</summary>
    public string NewId() => NewIdPrefix + Interlocked.Increment(ref _ids).ToString(CultureInfo.InvariantCulture);
}

/// <summary>A write that was not sent.</summary>
/// <param name="System">Whom it would have gone to.</param>
/// <param name="Call">What would have been called.</param>
/// <param name="Text">What would have been sent, without the secrets of the sign-in.</param>
public sealed record RehearsedCall(string System, string Call, string Text);
