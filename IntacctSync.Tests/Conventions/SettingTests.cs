using System.Reflection;
using System.Text.Json.Serialization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Invoices;

namespace IntacctSync.Tests.Conventions;

/// <summary>
/// Names for each setting of the connection document of each app, its secrets too, a test that fails when the setting
/// is ignored. Held here: that no setting is without a name, and that each named test exists. That it would fail was
/// seen when it was written.
/// </summary>
public sealed class SettingTests
{
    private static readonly Dictionary<string, string> OfZuper = new(StringComparer.Ordinal)
    {
        ["app"] = "ConnectionDocumentTests.A_wrong_field_says_what_was_found_and_what_is_allowed",
        ["mode"] =
            "Switches_and_modes_lose_nothing.In_shadow_mode_nothing_is_written_and_each_record_says_what_would_be",
        ["startDate"] = "Settings_of_invoices_count.Invoices_dated_before_the_start_are_left_alone",
        ["intacct.senderId"] = "Settings_of_the_two_accounts_count.Each_part_of_the_sign_in_to_Intacct_is_sent",
        ["intacct.companyId"] = "Settings_of_the_two_accounts_count.Each_part_of_the_sign_in_to_Intacct_is_sent",
        ["intacct.userId"] = "Settings_of_the_two_accounts_count.Each_part_of_the_sign_in_to_Intacct_is_sent",
        ["intacct.entityId"] = "Settings_of_the_two_accounts_count.The_session_is_opened_in_the_entity",
        ["intacct.monthlyTransactions"] = "ReviewEndpointsTests.The_budget_tells_by_flow_what_was_read_and_written",
        ["intacct.senderPassword"] =
            "A_refused_sign_in_stops_the_connection.One_alarm_few_sign_ins_and_on_with_everything_once_mended",
        ["intacct.userPassword"] =
            "A_refused_sign_in_stops_the_connection.One_alarm_few_sign_ins_and_on_with_everything_once_mended",
        ["zuper.apiKey"] =
            "A_refused_sign_in_stops_the_connection.One_alarm_few_sign_ins_and_on_with_everything_once_mended",
        ["zuper.webhookSecret"] = "WebhookSignatureTests.The_shared_secret_must_be_equal",
        ["zuper.companyName"] =
            "Settings_of_the_two_accounts_count.Zupers_address_is_the_one_given_or_looked_up_by_the_companys_name",
        ["zuper.apiUrl"] = "Settings_of_the_two_accounts_count.A_given_address_of_Zuper_needs_no_name",
        ["zuper.timeZone"] = "Settings_of_invoices_count.Dates_are_those_of_the_accounts_time_zone",
        ["syncOrganizations"] =
            "Settings_of_the_two_accounts_count.Organizations_are_left_alone_while_they_are_not_synced",
        ["syncCustomers"] = "Customers_by_switch_sweep_and_backfill.Customers_that_are_not_synced_leave_no_trace",
        ["syncInvoices"] = "Settings_of_invoices_count.Invoices_are_left_alone_while_they_are_not_synced",
        ["syncProducts"] = "Products_reach_Zuper.Items_are_left_alone_while_products_are_not_synced",
        ["syncPayments"] =
            "Payments_reach_Zuper.Payments_are_left_alone_while_they_are_not_synced_and_written_nowhere_in_shadow_mode",
        ["identifyCustomerBy"] =
            "Counterparts_are_recognized_and_never_guessed.By_email_the_display_contacts_address_decides_in_any_case",
        ["customerIds"] = "Organizations_reach_Intacct.The_companys_own_numbering_is_used_when_the_connection_says_so",
        ["invoiceLocationField"] =
            "Invoices_reach_Intacct.An_invoice_with_an_unknown_location_is_booked_once_the_location_is_mended",
        ["defaultPaymentModeUid"] =
            "Payments_reach_Zuper.The_mode_follows_the_payment_method_and_a_missing_one_is_named",
        ["paymentModes"] = "Payments_reach_Zuper.The_mode_follows_the_payment_method_and_a_missing_one_is_named",
        ["defaultProductCategoryUid"] =
            "Products_reach_Zuper.An_item_without_a_category_needs_action_and_one_setting_frees_all_that_wait_for_it",
        ["productCategories"] =
            "Products_reach_Zuper.An_item_without_a_category_needs_action_and_one_setting_frees_all_that_wait_for_it",
        ["syncFailureEmails"] =
            "FailureMailsTests.The_first_of_a_cause_is_told_at_once_with_its_reason_its_fix_and_a_link",
        ["customFields.organizations"] =
            "Custom_fields_reach_Intacct.A_field_of_an_organization_is_carried_changed_and_cleared",
        ["customFields.customers"] = "Custom_fields_reach_Intacct.A_field_of_a_customer_goes_to_its_contact",
        ["customFields.invoices"] =
            "Custom_fields_of_invoices_reach_Intacct.Fields_of_an_invoice_and_its_lines_are_carried",
        ["customFields.invoiceLines"] =
            "Custom_fields_of_invoices_reach_Intacct.Fields_of_an_invoice_and_its_lines_are_carried",
        ["invoice.document"] = "Order_Entry_in_every_way.An_invoice_becomes_one_document_and_gets_its_id",
        ["invoice.statuses"] = "Settings_of_invoices_count.Only_the_chosen_statuses_are_booked",
        ["invoice.glAccountNo"] = "Settings_of_invoices_count.The_account_number_is_that_of_the_lines",
        ["invoice.accountLabel"] = "Settings_of_invoices_count.Account_labels_are_used_where_the_company_has_them",
        ["invoice.termName"] = "Settings_of_invoices_count.The_term_is_that_of_the_invoice",
        ["invoice.currency"] = "Settings_of_invoices_count.Currency_and_type_of_exchange_rate_are_sent",
        ["invoice.exchangeRateType"] = "Settings_of_invoices_count.Currency_and_type_of_exchange_rate_are_sent",
        ["invoice.tax"] = "Settings_of_invoices_count.Taxes_discounts_and_fees_go_to_their_own_accounts",
        ["invoice.discount"] = "Settings_of_invoices_count.Taxes_discounts_and_fees_go_to_their_own_accounts",
        ["invoice.fee"] = "Settings_of_invoices_count.Taxes_discounts_and_fees_go_to_their_own_accounts",
        ["invoice.rounding"] = "Every_invoice_setting_counts.Rounding",
        ["invoice.transactionDefinition"] =
            "Settings_of_invoices_count.The_transaction_definition_is_that_of_the_document",
        ["invoice.recreate"] =
            "Settings_of_invoices_count.What_an_update_can_not_express_is_made_anew_only_where_that_is_wanted",
        ["invoice.defaultLocationId"] =
            "Settings_of_invoices_count.The_default_location_and_department_are_those_of_lines_that_have_none",
        ["invoice.defaultDepartmentId"] =
            "Settings_of_invoices_count.The_default_location_and_department_are_those_of_lines_that_have_none",
        ["invoice.departmentField"] =
            "Settings_of_invoices_count.Custom_fields_give_the_department_the_class_and_the_project",
        ["invoice.classField"] =
            "Settings_of_invoices_count.Custom_fields_give_the_department_the_class_and_the_project",
        ["invoice.projectField"] =
            "Settings_of_invoices_count.Custom_fields_give_the_department_the_class_and_the_project",
    };

    /// <summary>Those of every app, which the table above names, are not repeated.</summary>
    private static readonly Dictionary<string, string> OfUpflow = new(StringComparer.Ordinal)
    {
        ["mode"] = "Settings_of_Upflow_count.In_shadow_mode_nothing_is_written",
        ["startDate"] = "Invoices_reach_Upflow.What_is_dated_before_the_start_is_left_out_until_a_person_asks",
        ["upflow.apiUrl"] = "Settings_of_Upflow_count.The_address_that_is_set_is_called",
        ["upflow.apiKey"] = "Settings_of_Upflow_count.Each_of_the_two_keys_is_sent",
        ["upflow.apiSecret"] = "Settings_of_Upflow_count.Each_of_the_two_keys_is_sent",
        ["defaultCurrency"] = "Settings_of_Upflow_count.What_names_no_currency_is_in_the_default_one",
        ["syncCustomers"] = "Settings_of_Upflow_count.What_is_not_synced_is_left_alone",
        ["syncInvoices"] = "Settings_of_Upflow_count.What_is_not_synced_is_left_alone",
        ["syncCreditNotes"] = "Settings_of_Upflow_count.What_is_not_synced_is_left_alone",
        ["syncPayments"] = "Settings_of_Upflow_count.What_is_not_synced_is_left_alone",
        ["syncPdfs"] = "Invoices_reach_Upflow.A_pdf_follows_once_and_again_when_the_invoice_changes",
        ["syncReceipts"] = "Settings_of_Upflow_count.What_is_not_synced_is_left_alone",
        ["receipts.bankAccountId"] =
            "Receipts_reach_Intacct.Without_an_account_a_person_is_needed_and_a_retry_posts_it",
        ["receipts.undepositedFundsAccountNo"] =
            "Settings_of_Upflow_count.Money_that_is_not_deposited_goes_to_its_account",
        ["receipts.paymentMethods"] = "Settings_of_Upflow_count.A_method_of_payment_is_the_one_that_is_set",
        ["customFields.customers"] = "Customers_reach_Upflow.Custom_fields_are_carried_by_the_map",
        ["customFields.invoices"] = "Invoices_reach_Upflow.Custom_fields_are_carried_by_the_map",
        ["customFields.creditNotes"] = "Credits_reach_Upflow.Custom_fields_are_carried_by_the_map",
    };

    /// <summary>What is read in general code, whatever the app: a test with one app is enough.</summary>
    private static readonly string[] General = ["app", "syncFailureEmails"];

    [Fact]
    public void Each_setting_has_a_test_that_exists()
    {
        AssertNamed(OfZuper, typeof(ZuperConnectionSettings), ZuperProfile.Instance, static _ => true);
        AssertNamed(
            OfUpflow,
            typeof(UpflowConnectionSettings),
            UpflowProfile.Instance,
            static path =>
                !General.Contains(path, StringComparer.Ordinal)
                && !path.StartsWith("intacct.", StringComparison.Ordinal)
        );
    }

    private static void AssertNamed(
        Dictionary<string, string> tests,
        Type type,
        IAppProfile app,
        Func<string, bool> counts
    )
    {
        var settings = Paths(type, "").Concat(app.Secrets.All).Where(counts).ToHashSet(StringComparer.Ordinal);
        var untested = settings.Where(s => !tests.TryGetValue(s, out var test) || !Exists(test)).ToList();
        Assert.True(
            untested.Count == 0,
            $"No test fails when {string.Join(", ", untested)} of {app.Title} is ignored: write one, see it fail, and "
                + $"name it in {nameof(SettingTests)}, as CLASS.METHOD."
        );
        var gone = tests.Keys.Where(t => !settings.Contains(t)).ToList();
        Assert.True(gone.Count == 0, $"{string.Join(", ", gone)} is no setting any more: remove its line here.");
    }

    [Fact]
    public void A_test_that_does_not_exist_is_found() =>
        Assert.False(Exists("Settings_of_invoices_count.No_such_test"));

    private static IEnumerable<string> Paths(Type settings, string prefix) =>
        settings
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetCustomAttribute<JsonIgnoreAttribute>() is null)
            .SelectMany(p =>
            {
                var path = prefix + char.ToLowerInvariant(p.Name[0]) + p.Name[1..];
                return
                    (
                        p.PropertyType.Name.EndsWith("Settings", StringComparison.Ordinal)
                        || p.PropertyType == typeof(CustomFieldMaps)
                    )
                    && p.PropertyType != typeof(AccountSettings)
                    ? Paths(p.PropertyType, path + ".")
                    : [path];
            });

    private static bool Exists(string test)
    {
        var (type, method) = (test.Split('.')[0], test.Split('.')[1]);
        return typeof(SettingTests)
            .Assembly.GetTypes()
            .Where(t => t.Name == type)
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
            .Any(m => m.Name == method && m.GetCustomAttributes<Xunit.FactAttribute>().Any());
    }
}
