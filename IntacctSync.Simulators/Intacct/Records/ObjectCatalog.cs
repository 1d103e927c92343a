namespace IntacctSync.Simulators.Intacct.Records;

/// <summary>
/// The objects that are served. Names, types and values are those of live lookups; lengths are those that Intacct's
/// import templates publish where known, else [assumed], always on the small side.
/// </summary>
internal static class ObjectCatalog
{
    private const string Contact = """
        RECORDNO int ro
        CONTACTNAME text 200 req
        COMPANYNAME text 200
        PREFIX text 40
        FIRSTNAME text 80
        LASTNAME text 80
        INITIAL text 40
        PRINTAS text 200 req
        TAXABLE bool
        TAXGROUP text 40
        PHONE1 text 30
        PHONE2 text 30
        CELLPHONE text 30
        PAGER text 30
        FAX text 30
        EMAIL1 text 200
        EMAIL2 text 200
        URL1 text 256
        URL2 text 256
        VISIBLE bool
        MAILADDRESS.ADDRESS1 text 80
        MAILADDRESS.ADDRESS2 text 80
        MAILADDRESS.ADDRESS3 text 80
        MAILADDRESS.CITY text 80
        MAILADDRESS.STATE text 40
        MAILADDRESS.ZIP text 30
        MAILADDRESS.COUNTRY text 60
        MAILADDRESS.COUNTRYCODE text 2
        STATUS enum active=T|inactive=F
        TAXID text 20
        WHENCREATED time ro
        WHENMODIFIED time ro
        CREATEDBY int ro
        MODIFIEDBY int ro
        CREATEDBYLOGINID text ro
        MODIFIEDBYLOGINID text ro
        MEGAENTITYKEY int ro
        MEGAENTITYID text ro
        MEGAENTITYNAME text ro
        RECORD_URL text ro
        """;

    private const string Customer = """
        RECORDNO int ro
        CUSTOMERID text 20
        NAME text 100 req
        ENTITY text ro
        PARENTKEY int ro
        PARENTID text 20
        TERMNAME text 40
        TERMSKEY int ro
        CUSTREPID text 20
        RESALENO text 20
        TAXID text 20
        CREDITLIMIT dec
        TOTALDUE dec ro
        COMMENTS text 500
        ACCOUNTLABEL text 80
        ARACCOUNT text 24
        LAST_INVOICEDATE date ro
        DELIVERY_OPTIONS enum Print|E-Mail|Print#~#E-Mail
        TERRITORYID text 20
        SHIPPINGMETHOD text 40
        CUSTTYPE text 80
        GLGROUP text 80
        PRICESCHEDULE text 40
        PRICELIST text 40
        CURRENCY text 3
        STATUS enum active=T|active_non-posting=P|inactive=F
        ONETIME bool
        ONHOLD bool
        WHENMODIFIED time ro
        WHENCREATED time ro
        CREATEDBY int ro
        MODIFIEDBY int ro
        DISPLAYCONTACTKEY int ro
        CONTACTKEY int ro
        SHIPTOKEY int ro
        BILLTOKEY int ro
        OFFSETGLACCOUNTNO text 24
        SUPDOCID text 20
        CREATEDBYLOGINID text ro
        MODIFIEDBYLOGINID text ro
        MEGAENTITYKEY int ro
        MEGAENTITYID text ro
        MEGAENTITYNAME text ro
        RECORD_URL text ro
        """;

    private const string Term = """
        RECORDNO int ro
        NAME text 40 req
        DESCRIPTION text 100
        VALUE text ro
        STATUS enum active=T|inactive=F
        DUEDATE int
        DUEFROM text 80
        DISCDATE int
        DISCFROM text 80
        DISCAMOUNT int
        DISCPERCAMN enum $|%
        DISCFUDGEDAYS int
        WHENCREATED time ro
        WHENMODIFIED time ro
        CREATEDBY int ro
        MODIFIEDBY int ro
        CREATEDBYLOGINID text ro
        MODIFIEDBYLOGINID text ro
        RECORD_URL text ro
        """;

    // ACCESSMODE is compared by its letter in query and by its word in readByQuery: the other way round than elsewhere.
    private const string Audit = """
        ID text
        OBJECTTYPE enum
        OBJECTKEY text
        USERID enum
        ACCESSTIME time
        ACCESSMODE enum D=Delete
        SOURCE enum
        """;

    private const string Preference = """
        RECORDNO int ro
        APPLICATION text ro
        PREFERENCE text ro
        PREFVALUE text ro
        """;

    public static IReadOnlyList<ObjectDefinition> All { get; } =
    [
        new(
            "CUSTOMER",
            "CUSTOMERID",
            Customer,
            new("DISPLAYCONTACT", "CONTACT", "DISPLAYCONTACTKEY"),
            new("CONTACTINFO", "CONTACT", "CONTACTKEY"),
            new("PRIMARYCONTACT", "CONTACT", "CONTACTKEY"),
            new("BILLTO", "CONTACT", "BILLTOKEY"),
            new("BILLTOCONTACT", "CONTACT", "BILLTOKEY"),
            new("SHIPTO", "CONTACT", "SHIPTOKEY"),
            new("SHIPTOCONTACT", "CONTACT", "SHIPTOKEY"),
            new("TERM", "ARTERM", "TERMSKEY"),
            new("PARENT", "CUSTOMER", "PARENTKEY")
        )
        {
            AuditKey = AuditKey.NameField,
        },
        new("CONTACT", "CONTACTNAME", Contact) { AuditKey = AuditKey.RecordNoWithSuffix },
        new("ARTERM", "NAME", Term),
        new("AUDITHISTORY", "ID", Audit),
        new("COMPANYPREF", "RECORDNO", Preference),
        new("ITEM", "ITEMID", SetupFields.Item),
        new("PRODUCTLINE", "PRODUCTLINEID", SetupFields.ProductLine),
        new("GLACCOUNT", "ACCOUNTNO", SetupFields.Account),
        new("ARACCOUNTLABEL", "ACCOUNTLABEL", SetupFields.AccountLabel),
        new("LOCATION", "LOCATIONID", SetupFields.Location),
        new("DEPARTMENT", "DEPARTMENTID", SetupFields.Department),
        new("CLASS", "CLASSID", SetupFields.Class),
        new("PROJECT", "PROJECTID", SetupFields.Project),
        new("CHECKINGACCOUNT", "BANKACCOUNTID", SetupFields.BankAccount),
        new("SAVINGSACCOUNT", "BANKACCOUNTID", SetupFields.BankAccount),
        new("TAXSOLUTION", "SOLUTIONID", SetupFields.TaxSolution),
        new("EXCHANGERATETYPES", "ID", SetupFields.RateType),
        .. ReceivableObjects.All,
        .. OrderObjects.All,
    ];
}
