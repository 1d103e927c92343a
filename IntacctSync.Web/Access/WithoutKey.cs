namespace IntacctSync.Web.Access;

/// <summary>Who may call the operations while no key is configured.</summary>
public enum WithoutKey
{
    /// <summary>
    /// Callers on this machine only, under a name of this machine, and through no proxy. For the sandbox, which holds
    /// nothing real: a proxy need not show itself.
    /// </summary>
    LoopbackOnly,

    /// <summary>Nobody: the answer is 503 and names the key.</summary>
    Refuse,
}
