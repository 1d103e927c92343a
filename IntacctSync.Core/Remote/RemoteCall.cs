namespace IntacctSync.Core.Remote;

/// <summary>One call to another system, without what it says.</summary>
/// <param name="Remote">The system's name in lower case, such as <c>intacct</c>.</param>
/// <param name="Account">Tells the accounts of a system apart, without showing a key.</param>
/// <param name="Effect">Whether it changes anything there. The caller says it, since the HTTP method does not
/// tell.</param>
/// <param name="Address">Where it goes.</param>
/// <param name="Timeout">How long all of it may take: every try, and the answer to its last byte.</param>
internal sealed record RemoteCall(string Remote, string Account, CallEffect Effect, Uri Address, TimeSpan Timeout)
{
    /// <summary>What the account may still be asked; null where no limit is kept.</summary>
    public RequestBudget? Budget { get; init; }

    public RequestPriority Priority { get; init; }

    /// <summary>
    /// Told before a try is made again: whether the one before may have been carried out, and so was counted by the
    /// remote.
    /// </summary>
    public Action<bool>? Repeating { get; init; }
}

/// <summary>Whether a call changes anything.</summary>
internal enum CallEffect
{
    /// <summary>It changes nothing, so it may be sent again when its answer is lost.</summary>
    Reads,

    /// <summary>It changes something: what became of it is looked up before it is sent again.</summary>
    Writes,
}
