namespace IntacctSync.Simulators.Intacct.Records;

/// <summary>The objects of Order Entry.</summary>
internal static class OrderObjects
{
    public static IReadOnlyList<ObjectDefinition> All { get; } =
    [
        new(
            "SODOCUMENT",
            "DOCID",
            OrderFields.Document,
            new("ARINVOICE", "ARINVOICE", "PRRECORDKEY"),
            new("CUSTOMER", "CUSTOMER", "CUSTOMERKEY"),
            new("BILLTO", "CONTACT", "BILLTOKEY"),
            new("SHIPTO", "CONTACT", "SHIPTOKEY")
        )
        {
            Indexed = ["DOCID", "DOCNO", "CUSTVENDID", "PRRECORDKEY", "EXTERNALID"],
            Lines = new("SODOCUMENTENTRIES", "SODOCUMENTENTRY", "DOCHDRNO"),
        },
        new("SODOCUMENTENTRY", "RECORDNO", OrderFields.Entry) { Indexed = ["DOCHDRNO"], Audited = false },
        new("SODOCUMENTPARAMS", "DOCID", OrderFields.Parameters),
    ];
}
