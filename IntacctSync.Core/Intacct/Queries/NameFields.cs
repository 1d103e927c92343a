namespace IntacctSync.Core.Intacct.Queries;

/// <summary>Which field <c>readByName</c> goes by, and how much one read takes.</summary>
internal static class NameFields
{
    /// <summary>Keys in one function.</summary>
    public const int MaxKeys = 100;

    /// <summary>Functions in one request.</summary>
    public const int MaxFunctions = 10;

    private static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CUSTOMER"] = "CUSTOMERID",
        ["CONTACT"] = "CONTACTNAME",
        ["ITEM"] = "ITEMID",
        ["ARTERM"] = "NAME",
        ["LOCATION"] = "LOCATIONID",
        ["DEPARTMENT"] = "DEPARTMENTID",
        ["PROJECT"] = "PROJECTID",
        ["CLASS"] = "CLASSID",
        ["VENDOR"] = "VENDORID",
        ["EMPLOYEE"] = "EMPLOYEEID",
        ["GLACCOUNT"] = "ACCOUNTNO",
        ["SODOCUMENT"] = "DOCID",
    };

    /// <exception cref="ArgumentException">The object's name field is not known, or not every field is
    /// named.</exception>
    public static IntacctQuery QueryFor(
        string objectName,
        IReadOnlyCollection<string> keys,
        IReadOnlyList<string> fields
    )
    {
        if (!Known.TryGetValue(objectName, out var field))
            throw new ArgumentException(
                $"'{keys.First()}' holds a comma, so {objectName} must be asked for by query, and its name "
                    + $"field is not known here: add it to the table.",
                nameof(keys)
            );
        if (fields.Contains("*", StringComparer.Ordinal))
            throw new ArgumentException(
                $"'{keys.First()}' holds a comma, so {objectName} must be asked for by query, which takes no "
                    + $"'*': name the fields.",
                nameof(fields)
            );
        return new IntacctQuery(objectName, fields) { Filter = QueryFilter.In(field, keys) };
    }
}
