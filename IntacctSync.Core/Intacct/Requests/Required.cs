namespace IntacctSync.Core.Intacct.Requests;

/// <summary>Finds what Intacct requires and a request lacks, before it costs a call.</summary>
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
