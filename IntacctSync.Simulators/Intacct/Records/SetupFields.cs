namespace IntacctSync.Simulators.Intacct.Records;

/// <summary>
/// The fields of items, accounts and dimensions, cut to what is of use; names are those of live lookups and
/// developer.intacct.com.
/// </summary>
internal static class SetupFields
{
    private const string Trail = """

        STATUS enum active=T|inactive=F
        WHENCREATED time ro
        WHENMODIFIED time ro
        CREATEDBY int ro
        MODIFIEDBY int ro
        MEGAENTITYID text ro
        RECORD_URL text ro
        """;

    public const string Item =
        """
            RECORDNO int ro
            ITEMID text 30 req
            NAME text 100 req
            EXTENDED_DESCRIPTION text 4000
            PODESCRIPTION text 4000
            SODESCRIPTION text 4000
            PRODUCTLINEID text 40
            ITEMTYPE enum Inventory=I|Non-Inventory=NI|Non-Inventory_(Purchase_only)=NP|Non-Inventory_(Sales_only)=NS|Kit=K|Stockable_Kit=SK
            INCOMEACCTKEY text 24
            TAXABLE bool
            TAXGROUP.NAME text
            TAXCODE text
            COST_METHOD enum Standard=S|Average=A|FIFO=F|LIFO=L
            STANDARD_COST dec
            BASEPRICE dec
            UOMGRP text 40
            BASEUOM text 40
            UOM.SOUOMDETAIL.UNIT text 40
            DEFAULT_WAREHOUSE text 20
            GLGROUP text 80
            UPC text 40
            """ + Trail;

    public const string Account =
        """
            RECORDNO int ro
            ACCOUNTNO text 24 req
            TITLE text 80 req
            ACCOUNTTYPE enum balancesheet|incomestatement
            NORMALBALANCE enum debit|credit
            CLOSINGTYPE text
            CATEGORY text
            TAXABLE bool
            REQUIREDEPT bool
            REQUIRELOC bool
            REQUIREPROJECT bool
            REQUIRECUSTOMER bool
            REQUIREITEM bool
            REQUIRECLASS bool
            """ + Trail;

    public const string AccountLabel =
        """
            RECORDNO int ro
            ACCOUNTLABEL text 80 req
            DESCRIPTION text 400
            GLACCOUNTNO text 24
            """ + Trail;

    public const string Location =
        """
            RECORDNO int ro
            LOCATIONID text 20 req
            NAME text 80 req
            PARENTID text 20
            """ + Trail;

    public const string Department =
        """
            RECORDNO int ro
            DEPARTMENTID text 20 req
            TITLE text 80 req
            PARENTID text 20
            """ + Trail;

    public const string Class =
        """
            RECORDNO int ro
            CLASSID text 20 req
            NAME text 80 req
            PARENTID text 20
            """ + Trail;

    public const string Project =
        """
            RECORDNO int ro
            PROJECTID text 20 req
            NAME text 100 req
            CUSTOMERID text 20
            """ + Trail;

    public const string ProductLine =
        """
            RECORDNO int ro
            PRODUCTLINEID text 40 req
            DESCRIPTION text 400
            PARENTLINE text 40
            """ + Trail;

    /// <summary>
    /// Those of the company beside Intacct's daily rate, which no call shows. The object and its fields are [assumed],
    /// as is what it answers.
    /// </summary>
    public const string RateType = """
        RECORDNO int ro
        ID text req
        NAME text 100 req
        ISDEFAULT bool
        """;

    public const string BankAccount =
        """
            RECORDNO int ro
            BANKACCOUNTID text 20 req
            BANKACCOUNTNO text 30
            BANKNAME text 80
            GLACCOUNTNO text 24
            CURRENCY text 3
            LOCATIONID text 20
            """ + Trail;

    public const string TaxSolution =
        """
            RECORDNO int ro
            SOLUTIONID text 40 req
            DESCRIPTION text 400
            """ + Trail;
}
