namespace IntacctSync.Simulators.Intacct.Records;

/// <summary>
/// The fields of accounts receivable. Headers are those of live lookups of ARINVOICE and ARPYMT, cut to what is kept
/// here; ARPYMTDETAIL is what a public store of its records has as columns; the lines of invoices are from
/// developer.intacct.com/api/accounts-receivable/invoices.
/// </summary>
internal static class ReceivableFields
{
    private const string Trail = """

        AUWHENCREATED gmt ro
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

    private const string Totals = """

        BASECURR text 3
        CURRENCY text 3
        EXCH_RATE_DATE date
        EXCH_RATE_TYPE_ID text
        EXCHANGE_RATE dec
        TOTALENTERED dec ro
        TOTALSELECTED dec ro
        TOTALPAID dec ro
        TOTALDUE dec ro
        TRX_TOTALENTERED dec ro
        TRX_TOTALSELECTED dec ro
        TRX_TOTALPAID dec ro
        TRX_TOTALDUE dec ro
        """;

    // The letters are those that legacy queries use: A for all that is posted, whatever was paid; the others are
    // [assumed].
    private const string Bill = """
        RECORDNO int ro
        RECORDTYPE text ro
        RECORDID text 45
        STATE enum ro Posted=A|Partially_Paid=A|Paid=A|Selected=A|Draft=D|Reversed=V|Reversal=V|No_Value=N
        RAWSTATE text ro
        CUSTOMERID text 20
        CUSTOMERNAME text ro
        DOCNUMBER text 45
        DESCRIPTION text 1000
        WHENCREATED date
        WHENPOSTED date
        WHENPAID date ro
        PRBATCH text
        PRBATCHKEY int ro
        MODULEKEY text ro
        SYSTEMGENERATED text ro
        SUPDOCID text 20
        """;

    public const string Invoice =
        Bill
        + """

            TERMNAME text 40
            TERMKEY int ro
            TERMVALUE text ro
            WHENDISCOUNT date
            WHENDUE date
            BILLTOPAYTOCONTACTNAME text 200
            SHIPTORETURNTOCONTACTNAME text 200
            BILLTOPAYTOKEY int ro
            SHIPTORETURNTOKEY int ro
            TRX_ENTITYDUE dec ro
            DELIVERY_OPTIONS text
            SCHOPKEY int ro
            TAXSOLUTIONID text
            DOCHDRKEY int ro
            DUE_IN_DAYS text ro
            PAYNOWURL text ro
            """
        + Totals
        + Trail;

    public const string Adjustment =
        Bill
        + """

            BILLTOPAYTOCONTACTNAME text 200
            SHIPTORETURNTOCONTACTNAME text 200
            BILLTOPAYTOKEY int ro
            SHIPTORETURNTOKEY int ro
            TRX_ENTITYDUE dec ro
            PARENTPAYMENT int ro
            """
        + Totals
        + Trail;

    public const string Advance =
        """
            RECORDNO int ro
            RECORDID text
            RECORDTYPE text ro
            PRBATCH text
            PRBATCHKEY int ro
            FINANCIALENTITY text
            UNDEPOSITEDACCOUNTNO text
            PAYMENTMETHOD enum req Printed_Check|Cash|EFT|Credit_Card
            CUSTOMERID text 20 req
            CUSTOMERNAME text ro
            DOCNUMBER text 45
            DESCRIPTION text 1000
            RECEIPTDATE date
            PAYMENTDATE date
            STATE enum ro Posted|Partially_applied|Fully_applied|Draft|Reconciled|Reversed|Reversal|Selected
            RAWSTATE text ro
            WHENCREATED date ro
            WHENPAID date ro
            CLEARED enum ro T|F
            CLRDATE date ro
            SYSTEMGENERATED text ro
            SUPDOCID text
            PARENTPAYMENT int ro
            TAXSOLUTIONID text
            """
        + Totals
        + Trail;

    private const string Entry = """
        RECORDNO int ro
        RECORDKEY int ro
        RECORDTYPE text ro
        LINE_NO int ro
        ACCOUNTKEY int ro
        ACCOUNTNO text
        ACCOUNTTITLE text ro
        ACCOUNTLABEL text
        AMOUNT dec
        TRX_AMOUNT dec
        ENTRYDESCRIPTION text 1000
        LOCATIONID text
        DEPARTMENTID text
        PROJECTID text
        CUSTOMERID text
        ITEMID text
        CLASSID text
        CURRENCY text 3
        TOTALPAID dec ro
        TRX_TOTALPAID dec ro
        TOTALDUE dec ro
        TRX_TOTALDUE dec ro
        WHENCREATED time ro
        WHENMODIFIED time ro
        CREATEDBY int ro
        MODIFIEDBY int ro
        """;

    public const string InvoiceItem = Entry;

    public const string AdjustmentItem = Entry;

    public const string AdvanceItem = Entry;

    public const string Payment =
        """
            RECORDNO int ro
            PRBATCHKEY int ro
            RECORDTYPE text ro
            FINANCIALENTITY text
            FINANCIALENTITYTYPE text ro
            SUMMARYTITLE text
            STATE text ro
            DISPLAYSTATE enum ro Complete|Draft|Reconciled|Reversed|Reversal
            PAYMENTMETHOD enum req Printed_Check|Cash|EFT|Credit_Card|Online_Charge_Card|Online_ACH_Debit|PAS_Pay
            CUSTOMERID text 20
            CUSTOMERNAME text ro
            PAYERNAME text
            DOCNUMBER text 45
            DESCRIPTION text 1000
            WHENCREATED date ro
            RECEIPTDATE date req
            WHENPAID date
            BILLTOPAYTONAME text
            PRBATCH text
            CLEARED enum ro T|F|M
            CLRDATE date ro
            RECORDID text
            BILLTOPAYTOKEY int ro
            PARENTPAYMENTKEY int ro
            UNDEPOSITEDACCOUNTNO text
            TAXSOLUTIONID text
            SUPDOCID text
            """
        + Totals
        + Trail;

    public const string PaymentDetail = """
        RECORDNO int ro
        RECORDKEY int
        ENTRYKEY int
        POSADJKEY int
        POSADJENTRYKEY int
        ADVANCEKEY int
        ADVANCEENTRYKEY int
        POSTEDADVANCEKEY int ro
        POSTEDADVANCEENTRYKEY int ro
        POSTEDADVANCEAMOUNT dec ro
        TRX_POSTEDADVANCEAMOUNT dec
        OVERPAYMENTKEY int
        OVERPAYMENTENTRYKEY int
        POSTEDOVERPAYMENTKEY int ro
        POSTEDOVERPAYMENTENTRYKEY int ro
        POSTEDOVERPAYMENTAMOUNT dec ro
        TRX_POSTEDOVERPAYMENTAMOUNT dec
        INLINEKEY int
        INLINEENTRYKEY int
        INLINEAMOUNT dec ro
        TRX_INLINEAMOUNT dec
        DISCOUNTKEY int ro
        DISCOUNTENTRYKEY int ro
        DISCOUNTDATE date
        DISCOUNTAMOUNT dec ro
        TRX_DISCOUNTAMOUNT dec ro
        NEGATIVEINVOICEKEY int
        NEGATIVEINVOICEENTRYKEY int
        NEGATIVEINVOICEAMOUNT dec ro
        TRX_NEGATIVEINVOICEAMOUNT dec
        ADJUSTMENTKEY int
        ADJUSTMENTENTRYKEY int
        ADJUSTMENTAMOUNT dec ro
        TRX_ADJUSTMENTAMOUNT dec
        PAYMENTKEY int ro
        PAYMENTENTRYKEY int ro
        PAYMENTDATE date ro
        PAYMENTAMOUNT dec ro
        TRX_PAYMENTAMOUNT dec
        CURRENCY text ro
        STATE text ro
        WHENCREATED time ro
        WHENMODIFIED time ro
        CREATEDBY int ro
        MODIFIEDBY int ro
        PARENTPAYMENTKEY int ro
        """;
}
