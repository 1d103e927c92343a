using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>Functions that read by key, the company's settings, and open a session.</summary>
internal static class ReadRequests
{
    /// <summary>
    /// By the object's name field, such as CUSTOMERID; keys are joined by commas, so none may hold one.
    /// </summary>
    public static IntacctFunction ReadByName(
        ControlId controlId,
        string objectName,
        IEnumerable<string> keys,
        IReadOnlyList<string> fields
    ) => Read(controlId, "readByName", objectName, keys, fields);

    /// <summary>By RECORDNO.</summary>
    public static IntacctFunction Read(
        ControlId controlId,
        string objectName,
        IEnumerable<string> keys,
        IReadOnlyList<string> fields
    ) => Read(controlId, "read", objectName, keys, fields);

    public static IntacctFunction UserFormatting(ControlId controlId, string userId) =>
        FunctionXml.Write(controlId, "readUserFormatting", w => w.Field("userId", userId));

    public static IntacctFunction CompanyPreferences(ControlId controlId, string application) =>
        FunctionXml.Write(controlId, "get_companyprefs", w => w.WriteAttributeString("application", application));

    public static IntacctFunction FinancialSetup(ControlId controlId) =>
        FunctionXml.Write(controlId, "getFinancialSetup", _ => { });

    public static IntacctFunction Session(ControlId controlId) =>
        FunctionXml.Write(controlId, "getAPISession", _ => { });

    /// <summary>The fields of an object (developer.intacct.com, Objects: lookup).</summary>
    /// <param name="controlId">Of the function.</param>
    /// <param name="objectName">For example CUSTOMER.</param>
    /// <param name="definition">The transaction definition whose custom fields are to be shown; null for none.</param>
    public static IntacctFunction Lookup(ControlId controlId, string objectName, string? definition) =>
        FunctionXml.Write(
            controlId,
            "lookup",
            w =>
            {
                w.Field("object", objectName);
                w.Field("docparid", definition);
            }
        );

    /// <summary>The printed form of a document (developer.intacct.com, Invoices: retrievepdf).</summary>
    public static IntacctFunction Pdf(ControlId controlId, string objectName, string recordNo) =>
        FunctionXml.Write(
            controlId,
            "retrievepdf",
            w => w.Group(objectName, document => document.Field("RECORDNO", recordNo))
        );

    private static IntacctFunction Read(
        ControlId controlId,
        string function,
        string objectName,
        IEnumerable<string> keys,
        IReadOnlyList<string> fields
    ) =>
        FunctionXml.Write(
            controlId,
            function,
            w =>
            {
                w.Field("object", objectName);
                w.Field("keys", string.Join(',', keys));
                w.Field("fields", string.Join(',', fields));
            }
        );
}
