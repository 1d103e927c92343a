using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Functions;

/// <summary>Finds the object that a function names.</summary>
internal static class Tables
{
    /// <exception cref="RefusedException">There is none; the words are those of the legacy functions.</exception>
    public static RecordTable Known(CallContext context, string name) =>
        context.Books.Table(name)
        ?? throw new RefusedException(new IntacctError("Query Failed", $"Object definition {name} not found"));
}
