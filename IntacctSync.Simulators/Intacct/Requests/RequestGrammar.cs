namespace IntacctSync.Simulators.Intacct.Requests;

/// <summary>
/// Content models of the envelope, of the generic functions and of the legacy functions, from the request schema
/// (v3.0/api.xsd) and what came after it. An element that has no model here may hold anything.
/// </summary>
internal static class RequestGrammar
{
    private static readonly Dictionary<string, Particle> Models = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        // The envelope.
        ["request"] = "control operation+",
        ["control"] =
            "senderid password? controlid uniqueid? dtdversion? policyid? debug? includewhitespace? "
            + "showadditionalerrorinfo?",
        ["operation"] = "authentication preferences* content*",
        ["authentication"] = "( login | sessionid | oauth )",
        ["login"] = "userid companyid password clientid? locationid?",
        ["preferences"] = "companyprefs* moduleprefs*",
        ["content"] = "function+",

        // Generic functions; create and update may hold anything.
        ["delete"] = "{ object keys }",
        ["read"] = "{ object keys fields? returnFormat? docparid? }",
        ["readByName"] = "{ object keys fields? returnFormat? docparid? }",
        ["readByQuery"] = "{ object query pagesize? fields? returnFormat? docparid? }",
        ["readMore"] = "( object | view | reportId | resultId )",
        ["query"] = "{ object select filter? orderby? options? pagesize? offset? docparid? }",
        ["lookup"] = "{ object docparid? }",
        ["getAPISession"] = "locationid?",
        ["getFinancialSetup"] = "",
        ["readUserFormatting"] = "( key | userId )",

        // Legacy functions.
        ["get_companyprefs"] = "",
        ["get_list"] = "filter? sorts? fields? additional_parameters?",
    }.ToDictionary(m => m.Key, m => ContentModel.Parse(m.Value), StringComparer.Ordinal);

    /// <summary>Attributes that an element must have.</summary>
    private static readonly Dictionary<string, string> RequiredAttributes = new(StringComparer.Ordinal)
    {
        ["function"] = "controlid",
        ["get_companyprefs"] = "application",
        ["get_list"] = "object",
    };

    public static Particle? Model(string element) => Models.GetValueOrDefault(element);

    public static string? RequiredAttribute(string element) => RequiredAttributes.GetValueOrDefault(element);
}
