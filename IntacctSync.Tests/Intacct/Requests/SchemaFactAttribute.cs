namespace IntacctSync.Tests.Intacct.Requests;

/// <summary>A fact that needs Intacct's request schema.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SchemaFactAttribute : FactAttribute
{
    public SchemaFactAttribute() => Skip = RequestSchema.Missing;
}
