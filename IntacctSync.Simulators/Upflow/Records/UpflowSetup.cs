namespace IntacctSync.Simulators.Upflow.Records;

/// <summary>What a person has set up in the organisation before the first call.</summary>
internal static class UpflowSetup
{
    public static void Fill(UpflowOrganization organization)
    {
        var ids = organization.Ids;
        organization.Users.Add(new SetupRecord(ids.Next(), "Dana Whitfield", "dana@upflow-sandbox.example"));
        organization.DunningPlans.Add(new SetupRecord(ids.Next(), "Standard reminders"));
        if (!organization.Options.SampleData)
            return;
        organization.Users.Add(new SetupRecord(ids.Next(), "Omar Haddad", "omar@upflow-sandbox.example"));
        organization.BankAccounts.Add(new SetupRecord(ids.Next(), "Operating account"));
        organization.CustomFields.Add(new CustomField(ids.Next(), "Region", "CUSTOMER", "TEXT"));
        organization.CustomFields.Add(new CustomField(ids.Next(), "PO number", "INVOICE", "TEXT"));
        organization.CustomFields.Add(new CustomField(ids.Next(), "Reason", "CREDIT_NOTE", "TEXT"));
    }
}
