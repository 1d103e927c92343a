namespace IntacctSync.Core.Connections.Document;

/// <summary>The fields that the forms of all apps have, in the words of Intacct's own pages.</summary>
public static class IntacctFields
{
    public static IReadOnlyList<FormField> SignIn { get; } =
    [
        new("intacct.senderId", "Sage Sender ID")
        {
            Required = true,
            SignsIn = true,
            Help =
                "Of the Web Services sender that Sage gave you. It must be among the Web Services authorizations of "
                + "the company: Company > Setup > Company > Security.",
        },
        new("intacct.senderPassword", "Sage Sender Password", FieldKind.Secret) { Required = true, SignsIn = true },
        new("intacct.companyId", "Sage Company ID")
        {
            Required = true,
            SignsIn = true,
            Help = "As on the sign-in page of Intacct.",
        },
        new("intacct.userId", "Sage User ID")
        {
            Required = true,
            SignsIn = true,
            Help = "A Web Services user: Company > Admin > Web Services Users.",
        },
        new("intacct.userPassword", "Sage User Password", FieldKind.Secret) { Required = true, SignsIn = true },
    ];

    public static FormField FailureEmails { get; } =
        new("syncFailureEmails", "Sync Failure Emails", FieldKind.Lines)
        {
            Help = "Who is told when a record needs a person, by e-mail address.",
        };

    public static FormField Mode { get; } =
        new("mode", "What is done", FieldKind.Choice)
        {
            Choices = [new("live", "Carry changes over"), new("shadow", "Only decide, and write nothing (shadow)")],
            Help = "In shadow each record's story says what would have been done.",
        };

    public static FormField StartDate { get; } =
        new("startDate", "Start date", FieldKind.Date)
        {
            Help =
                "Invoices, credit notes and payments dated before it are left alone unless somebody asks for them. "
                + "Empty stands for the day on which the connection is made.",
        };

    public static FormField MonthlyTransactions { get; } =
        new("intacct.monthlyTransactions", "Intacct transactions a month", FieldKind.Number)
        {
            Usual = "100000",
            Help = "What your contract with Sage includes. The console holds the use of a month against it.",
        };

    public static FormField Entity { get; } =
        new("intacct.entityId", "Sage Entity ID")
        {
            List = "locations",
            SignsIn = true,
            Help = "The entity of a company with several; empty for the top level.",
        };
}
