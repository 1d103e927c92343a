namespace IntacctSync.Core.Intacct.Errors;

/// <summary>What a person can do about each cause for which Intacct refuses a transaction. Pure.</summary>
internal static class IntacctFixes
{
    /// <param name="code">One of <see cref="IntacctCauses"/>.</param>
    public static string Of(string code) =>
        code switch
        {
            IntacctCauses.AlreadyPaid =>
                "Look at the invoice's payments in Intacct: the payment is there already, or the amount is "
                    + "more than what is due.",
            IntacctCauses.NumberTaken =>
                "Find the transaction with that number in Intacct, then link it, or change the number in the app "
                    + "and retry.",
            IntacctCauses.NumberMissing =>
                "Give the record a number in the app, or the transaction a numbering sequence in Intacct, then retry.",
            IntacctCauses.AmountMissing => "Give each line an amount in the app, then retry.",
            IntacctCauses.UnitMissing =>
                "Make the unit of the item in Intacct the same as the one that is sent, then retry.",
            IntacctCauses.PeriodClosed =>
                "Open the accounting period in Intacct, or move the date into an open one in the app, then retry.",
            IntacctCauses.PeriodUnknown =>
                "Make an accounting period for the date in Intacct, or move the date into one that there is, "
                    + "then retry.",
            IntacctCauses.ExchangeRateMissing =>
                "Enter the exchange rate for the currency and the date in Intacct, then retry.",
            IntacctCauses.DueDateEarly =>
                "Set a due date in the app that is not before the invoice's date, then retry.",
            IntacctCauses.AccountRestricted =>
                "In Intacct, let the GL account take these dimensions, or choose another account in the "
                    + "settings, then retry.",
            IntacctCauses.LocationMissing =>
                "Fill in the location in the app, or set a default location in the settings, then retry.",
            IntacctCauses.DepartmentMissing =>
                "Fill in the department in the app, or set a default department in the settings, then retry.",
            IntacctCauses.DimensionMissing =>
                "Fill in the dimension that the account requires, or do not require it in Intacct, then retry.",
            IntacctCauses.AccountInvalid =>
                "Choose a GL account or account label in the settings that is active in Intacct, then retry.",
            IntacctCauses.ItemUnknown =>
                "Make the item in Intacct, or correct the product's item ID in the app, then retry.",
            IntacctCauses.CustomerUnknown =>
                "Make the customer active in Intacct, or link its organization to another one, then retry.",
            IntacctCauses.ContactUnknown => "Make the contact in Intacct, or make it active there, then retry.",
            IntacctCauses.TermUnknown =>
                "Make the payment term in Intacct, or name one that is active there, then retry.",
            IntacctCauses.LocationUnknown =>
                "Write the id of a location that is active in Intacct into the location, then retry.",
            IntacctCauses.DepartmentUnknown =>
                "Write the id of a department that is active in Intacct into the department, then retry.",
            IntacctCauses.ClassUnknown =>
                "Write the id of a class that is active in Intacct into the class, then retry.",
            IntacctCauses.ProjectUnknown =>
                "Write the id of a project that is active in Intacct into the project, then retry.",
            _ => "Correct the value in the app, or the set-up in Intacct that forbids it, then retry.",
        };
}
