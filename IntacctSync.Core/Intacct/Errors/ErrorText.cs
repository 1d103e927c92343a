namespace IntacctSync.Core.Intacct.Errors;

/// <summary>How texts of errors are compared.</summary>
internal static class ErrorText
{
    public static bool ContainsIgnoringCase(this string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
