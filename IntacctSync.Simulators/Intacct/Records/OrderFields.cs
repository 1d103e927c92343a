namespace IntacctSync.Simulators.Intacct.Records;

/// <summary>
/// The fields of Order Entry: a live lookup of SODOCUMENT cut to what is kept here, and
/// developer.intacct.com/api/order-entry.
/// </summary>
internal static class OrderFields
{
    public const string Document = """
        RECORDNO int ro
        DOCNO text 45
        DOCID text ro
        CREATEDFROM text
        STATE enum ro Submitted|Draft|Pending|Closed
        CLOSED bool ro
        WHENCREATED date
        WHENPOSTED date
        AUWHENCREATED gmt ro
        WHENMODIFIED time ro
        CREATEDBY int ro
        MODIFIEDBY int ro
        WHENDUE date
        STATUS enum active=T|inactive=F
        PONUMBER text 45
        DOCPARID text ro
        DOCPARKEY text ro
        NOTE text
        TERM.NAME text
        MESSAGE text
        SUBTOTAL dec ro
        TOTAL dec ro
        TRX_SUBTOTAL dec ro
        TRX_TOTAL dec ro
        CURRENCY text 3
        BASECURR text 3
        CUSTVENDID text ro
        CUSTVENDNAME text ro
        BILLTOKEY int ro
        SHIPTOKEY int ro
        PRRECORDKEY int ro
        TOTALENTERED dec ro
        TOTALPAID dec ro
        TOTALDUE dec ro
        TRX_TOTALENTERED dec ro
        TRX_TOTALPAID dec ro
        TRX_TOTALDUE dec ro
        PAYMENTSTATUS enum ro Open|Partially_Paid|Paid
        ORIGDOCDATE date
        PROJECT text
        CUSTOMERPONUMBER text
        MEGAENTITYID text ro
        RECORD_URL text ro
        """;

    public const string Entry = """
        RECORDNO int ro
        DOCHDRNO int ro
        DOCHDRID text ro
        LINE_NO int ro
        ITEMID text
        ITEMDESC text
        QUANTITY dec
        UIQTY dec
        UNIT text
        PRICE dec
        UIPRICE dec
        TRX_PRICE dec
        UIVALUE dec
        VALUE dec
        TRX_VALUE dec
        DISCOUNTPERCENT dec
        MEMO text
        LOCATIONID text
        DEPARTMENTID text
        PROJECTID text
        CUSTOMERID text
        CLASSID text
        WHENCREATED time ro
        WHENMODIFIED time ro
        """;

    public const string Parameters = """
        RECORDNO int ro
        DOCID text
        DESCRIPTION text
        STATUS enum active=T|inactive=F
        """;
}
