namespace IntacctSync.Tests.Intacct.Requests;

/// <summary>A theory that needs Intacct's request schema.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SchemaTheoryAttribute : TheoryAttribute
{
    public SchemaTheoryAttribute() => Skip = RequestSchema.Missing;
}
