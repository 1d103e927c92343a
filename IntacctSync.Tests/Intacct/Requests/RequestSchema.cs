#pragma warning disable MA0045 // It reads from memory: there is nothing to wait for.
using System.Xml;
using System.Xml.Schema;

namespace IntacctSync.Tests.Intacct.Requests;

/// <summary>Intacct's request schema, <c>api.xsd</c>, which is not ours to pass on: used where it is at hand.</summary>
internal static class RequestSchema
{
    public const string Variable = "INTACCT_REQUEST_SCHEMA";

    private static readonly Lazy<XmlSchemaSet> Schemas = new(Load);

    public static string? Path => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : null;

    public static string? Missing =>
        Path is null ? $"Set {Variable} to Intacct's api.xsd; the approved texts are always checked." : null;

    /// <exception cref="XmlSchemaValidationException">The request breaks the schema.</exception>
    public static void Check(string request)
    {
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = Schemas.Value };
        using var reader = XmlReader.Create(new StringReader(request), settings);
        while (reader.Read()) { }
    }

    private static XmlSchemaSet Load()
    {
        var set = new XmlSchemaSet();
        set.Add(null, Path!);
        set.Compile();
        return set;
    }
}
