namespace IntacctSync.Simulators.Intacct.Requests;

/// <summary>
/// The names that <c>function</c> may hold: those of the request schema of 2019 (github.com/Intacct/intacct_dtd, v3.0)
/// and the later query, lookup and retrievepdf.
/// </summary>
internal static class FunctionNames
{
    private const string Names = """
        apply_arpayment approve approve_appaymentrequest cancel confirm_appaymentrequest consolidate
        convert_glbudget_fp_amounts_to_eop create create_achbankconfiguration create_allocation create_apaccountlabel
        create_apadjustment create_apadjustmentbatch create_appayment create_apterm create_araccountlabel create_aradjustment
        create_aradjustmentbatch create_arpayment create_arpaymentbatch create_arterm create_bill create_billbatch
        create_checkingaccount create_class create_consolidation create_contact create_contacttaxgroup create_customer
        create_customerachinfo create_customerbankaccount create_customerchargecard create_department create_earningtype
        create_employee create_employeerate create_expenseadjustmentreport create_expensepaymenttype create_expensereport
        create_expensereportbatch create_expensetype create_glaccount create_gltransaction create_ictransaction create_invoice
        create_invoicebatch create_invpricelistentry create_item create_itemtaxgroup create_journal create_location
        create_locationgroup create_paymentrequest create_popricelist create_potransaction create_project create_recurringbill
        create_recurringgltransaction create_recurringinvoice create_recurringstatgltrans create_recursotransaction
        create_reimbursementrequest create_revrecscheduleentry create_savingsaccount create_sopricelist create_sotransaction
        create_statglaccount create_statgltransaction create_statjournal create_stkittransaction create_supdoc
        create_supdocfolder create_task create_taxdetail create_taxschedule create_taxscheduledetail create_taxschedulemap
        create_territory create_timesheet create_timetype create_vendor create_vendorentityaccountno create_vsoeitempricelist
        create_vsoepricelist decline delete delete_achbankconfiguration delete_allocation delete_apaccountlabel
        delete_apadjustment delete_apterm delete_araccountlabel delete_aradjustment delete_arpayment delete_arterm delete_bill
        delete_checkingaccount delete_class delete_contact delete_contacttaxgroup delete_customer delete_customerachinfo
        delete_customerbankaccount delete_customerchargecard delete_department delete_earningtype delete_employee
        delete_employeerate delete_expenseadjustmentreport delete_expensepaymenttype delete_expensereport delete_expensetype
        delete_glaccount delete_gltransaction delete_ictransaction delete_invoice delete_invpricelistentry delete_item
        delete_itemtaxgroup delete_journal delete_location delete_otherreceipt delete_paymentrequest delete_popricelist
        delete_potransaction delete_project delete_recurringbill delete_recurringgltransaction delete_recurringinvoice
        delete_recurringstatgltrans delete_recursotransaction delete_savingsaccount delete_sopricelist delete_sotransaction
        delete_statglaccount delete_statjournal delete_supdoc delete_supdocfolder delete_task delete_taxdetail
        delete_taxschedule delete_taxscheduledetail delete_taxschedulemap delete_territory delete_timesheet delete_timetype
        delete_vendor delete_vsoeitempricelist delete_vsoepricelist deliver describe describeall generate_projectinvoices get
        getAPISession getApprovalHistory getAuditTrail getDdsDdl getDdsObjects getDimensionAutofillData
        getDimensionAutofillDetails getDimensionRelationships getDimensionRestrictedData getDimensionRestrictions getDimensions
        getFinancialSetup getTransactionsToApprove getUserPermissions get_accountbalances get_accountbalancesbydimensions
        get_accountgroupdetails get_apadjustment get_applications get_aradjustment get_araging get_bill get_closedbooksdate
        get_companyprefs get_expenseadjustmentreport get_expensereport get_icitemtotals get_invoice get_list get_myclients
        get_salestotals get_trialbalance hold hold_revrecschedule init_session inspect installApp lookup
        partialupdate_potransaction post post_revrecscheduleentry promote query read readByName readByQuery readEntityDetails
        readMore readRelated readReport readUserFormatting readView reallocate reallocate_revrecschedule reclassify_bill
        reclassify_invoice reconcile_bank record_cctransaction record_deposit record_otherreceipt renew resume
        resume_revrecschedule retrievepdf reverse_appayment reverse_arpayment reverse_bill reverse_cctransaction
        reverse_expensereport reverse_invoice runDdsJob send_appaymentrequest set_companyprefs terminate_revrecschedule uncancel
        unpost unpost_revrecscheduleentry update update_achbankconfiguration update_allocation update_apaccountlabel
        update_apadjustment update_apterm update_araccountlabel update_aradjustment update_arterm update_bill
        update_cctransaction update_checkingaccount update_class update_contact update_customer update_customerachinfo
        update_customerbankaccount update_customerchargecard update_customervisibility update_department update_earningtype
        update_employee update_employeerate update_expenseadjustmentreport update_expensepaymenttype update_expensereport
        update_expensetype update_glaccount update_ictransaction update_invoice update_invpricelistentry update_item
        update_journal update_location update_otherreceipt update_popricelist update_potransaction update_project
        update_revrecschedule update_savingsaccount update_sopricelist update_sotransaction update_statglaccount update_supdoc
        update_supdocfolder update_task update_taxdetail update_taxschedule update_territory update_timesheet update_timetype
        update_vendor update_vendorvisibility update_vsoeitempricelist update_vsoepricelist validate void_appaymentrequest
        """;

    private static readonly HashSet<string> Known =
    [
        .. Names.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
    ];

    public static bool Contains(string name) => Known.Contains(name);
}
