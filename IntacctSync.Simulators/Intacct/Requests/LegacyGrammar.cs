namespace IntacctSync.Simulators.Intacct.Requests;

/// <summary>
/// Content models of the legacy functions of accounts receivable and Order Entry and of all that they hold: the request
/// schema of 2019 (v3.0/api.xsd) with what came later (tax solutions and entries, tasks and cost types, hold). The
/// amount of a line may be left out: what the real one answers to that is not a schema error.
/// </summary>
internal static class LegacyGrammar
{
    private const string Currency = "( basecurr? currency ( ( exchratedate? exchratetype ) | exchrate ) )?";

    private const string LaterCurrency = "( currency ( ( exchratedate? exchratetype ) | exchrate ) )?";

    private const string Date = "year month day";

    private const string Contact = "( contact | contactname )";

    private const string LineTail = """
        revrectemplate? defrevaccount? revrecstartdate? revrecenddate? projectid? taskid? costtypeid? customerid? vendorid? employeeid? itemid?
        classid? contractid? warehouseid? billable? taxentries?
        """;

    private const string OrderLineTail = """
        taxable? warehouseid? {0} unit? linelevelsimpletaxtype? discountpercent? price? {1}discsurchargememo? locationid? departmentid? memo?
        itemdetails? customfields? revrectemplate? revrecstartdate? revrecenddate? renewalmacro? projectid? customerid? vendorid? employeeid?
        classid? contractid? fulfillmentstatus? taskno? billingtemplate? dropship? shipto?
        """;

    private static readonly Dictionary<string, Particle> Models = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["create_invoice"] =
            "customerid datecreated dateposted? datedue? termname? batchkey? action? invoiceno? ponumber? "
            + "onhold? description? externalid? "
            + $"billto? shipto? {Currency} nogl? supdocid? taxsolutionid? customfields? invoiceitems",
        ["update_invoice"] =
            "customerid? datecreated? dateposted? datedue? termname? action? invoiceno? ponumber? description? "
            + "payto? returnto? "
            + $"{LaterCurrency} supdocid? taxsolutionid? customfields? updateinvoiceitems?",
        ["reverse_invoice"] = "datereversed description?",
        ["delete_invoice"] = "",
        ["create_aradjustment"] =
            "customerid datecreated dateposted? batchkey? adjustmentno? action? invoiceno? description? externalid? "
            + $"{Currency} nogl? taxsolutionid? aradjustmentitems",
        ["delete_aradjustment"] = "",
        ["reverse_arpayment"] = "datereversed description? nsfclosedaccount?",
        ["create_sotransaction"] =
            "transactiontype datecreated dateposted? createdfrom? customerid documentno? origdocdate? "
            + "referenceno? termname? datedue? "
            + $"message? shippingmethod? shipto? billto? supdocid? externalid? {Currency} vsoepricelist? "
            + $"customfields? state? projectid? sotransitems subtotals?",
        ["update_sotransaction"] =
            "datecreated? dateposted? referenceno? termname? datedue? origdocdate? message? shippingmethod? "
            + "shipto? billto? supdocid? "
            + $"externalid? {Currency} vsoepricelist? customfields? state? projectid? updatesotransitems? "
            + $"updatesubtotals?",
        ["delete_sotransaction"] = "",
        ["invoiceitems"] = "lineitem+",
        ["aradjustmentitems"] = "lineitem+",
        ["updateinvoiceitems"] = "( lineitem | updatelineitem )+",
        ["lineitem"] =
            "( accountlabel | glaccountno ) offsetglaccountno? amount? allocationid? memo? locationid? "
            + "departmentid? item1099? form1099type? "
            + $"form1099box? key? totalpaid? totaldue? customfields? {LineTail}",
        ["updatelineitem"] =
            "( accountlabel | glaccountno )? offsetglaccountno? amount? memo? locationid? departmentid? "
            + "item1099? form1099type? "
            + $"form1099box? customfields? {LineTail}",
        ["sotransitems"] = "sotransitem+",
        ["updatesotransitems"] = "( sotransitem | updatesotransitem )+",
        ["sotransitem"] =
            "bundlenumber? itemid itemdesc? "
            + OrderLineTail
                .Replace("{0}", "quantity", StringComparison.Ordinal)
                .Replace("{1}", "sourcelinekey? ", StringComparison.Ordinal),
        ["updatesotransitem"] =
            "bundlenumber? itemid? itemdesc? "
            + OrderLineTail
                .Replace("{0}", "quantity?", StringComparison.Ordinal)
                .Replace("{1}", "", StringComparison.Ordinal),
        ["subtotals"] = "subtotal+",
        ["updatesubtotals"] = "updatesubtotal+",
        ["customfields"] = "customfield+",
        ["customfield"] = "customfieldname customfieldvalue",
        ["datecreated"] = Date,
        ["dateposted"] = Date,
        ["datedue"] = Date,
        ["datereversed"] = Date,
        ["origdocdate"] = Date,
        ["exchratedate"] = Date,
        ["billto"] = Contact,
        ["shipto"] = Contact,
        ["payto"] = Contact,
        ["returnto"] = Contact,
    }.ToDictionary(m => m.Key, m => ContentModel.Parse(m.Value), StringComparer.Ordinal);

    private static readonly string[] Functions =
    [
        "create_invoice",
        "update_invoice",
        "reverse_invoice",
        "delete_invoice",
        "create_aradjustment",
        "delete_aradjustment",
        "reverse_arpayment",
        "create_sotransaction",
        "update_sotransaction",
        "delete_sotransaction",
    ];

    /// <summary>Whether a function and all it holds is checked here.</summary>
    public static bool Has(string function) => Functions.Contains(function, StringComparer.Ordinal);

    public static Particle? Model(string element) => Models.GetValueOrDefault(element);

    /// <summary>The attribute that an element must have; null = none.</summary>
    public static string? RequiredAttribute(string element) =>
        element switch
        {
            "updatelineitem" or "updatesotransitem" => "line_num",
            _ when Has(element) && !element.StartsWith("create_", StringComparison.Ordinal) => "key",
            _ => null,
        };

    /// <summary>The attributes that are true or false.</summary>
    public static IReadOnlyList<string> Flags { get; } = ["set_nulls", "externalkey", "external", "disablevalidation"];
}
