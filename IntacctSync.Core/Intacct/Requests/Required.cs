namespace IntacctSync.Core.Intacct.Requests;

/// <summary>Refuses a request that lacks what Intacct requires, before a call is made.</summary>
internal static class Required
{
    public static void On(string what, params (string Field, string? Value)[] fields)
    {
        foreach (var (field, value) in fields)
        {
            if (string.IsNullOrWhiteSpace(value))
                throw new ArgumentException(
                    $"To {what}, {field} is required and was empty: give it a value.",
                    nameof(fields)
                );
        }
    }
}
