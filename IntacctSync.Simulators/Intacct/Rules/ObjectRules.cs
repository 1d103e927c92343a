namespace IntacctSync.Simulators.Intacct.Rules;

/// <summary>Which objects can be written by the generic functions.</summary>
internal static class ObjectRules
{
    /// <summary>Null where the object can only be read.</summary>
    public static IObjectRules? Of(string name) => name.ToUpperInvariant() switch
    {
        "CUSTOMER" => new CustomerRules(),
        "CONTACT" => new ContactRules(),
        "ARTERM" => new TermRules(),
        _ => null,
    };
}
