using System.Net;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Tests.Intacct.Responses;

/// <summary>For each kind of answer, by the name of its file, what it must be read as.</summary>
internal static class AnswerExpectations
{
    public static IReadOnlyDictionary<string, (HttpStatusCode Status, Action<Reading> Holds)> All { get; } =
        new Dictionary<string, (HttpStatusCode, Action<Reading>)>(StringComparer.Ordinal)
        {
            ["01-getapisession-success.xml"] = Ok(r => Assert.NotNull(Success(r.Only).Records[0]["SESSIONID"])),
            ["02-readbyquery-apbill-allfields.xml"] = Ok(WholeRecord),
            ["03-create-success.xml"] = Ok(r => Assert.Equal(Success(r.Only).Records[0]["recordno"], r.Only.RecordNo)),
            ["05-legacy-create-key.xml"] = Ok(r =>
                Assert.Equal(Success(r.Only).Key, Assert.IsType<string>(r.Only.RecordNo))
            ),
            ["06-legacy-delete-nokey.xml"] = Ok(r => Assert.Null(Success(r.Only).Key)),
            ["07-getlist-listtype.xml"] = Ok(r =>
                Assert.Equal((383, 373), (Success(r.Only).TotalCount, r.Only.NumRemaining))
            ),
            ["09-create-customer-duplicate-contact.xml"] = Ok(r =>
                Failed(r.Only, IntacctFailure.Duplicate, "BL34000061", 4)
            ),
            ["10-create-customer-bad-email.xml"] = Ok(r => Failed(r.Only, IntacctFailure.InvalidData, "BL03000018", 7)),
            ["11-delete-customer-not-found.xml"] = Ok(r => Failed(r.Only, IntacctFailure.NotFound, "BL01001973", 1)),
            ["12-create-partial-success-duplicate.xml"] = Ok(r =>
            {
                Failed(r.Only, IntacctFailure.Duplicate, "BL34000061", 3);
                Assert.NotNull(Assert.Single(r.Only.Records)["PROJECTID"]);
            }),
            ["13-auth-login-invalid.xml"] = Ok(r => Refused(r, IntacctFailure.LoginRejected, "XL03000006")),
            ["14-two-functions-readbyquery-and-read.xml"] = Ok(r =>
            {
                Assert.Equal([5, 1], r.Response!.Results.Select(one => Success(one).Records.Count));
                Assert.Equal(
                    ("project", "PROJECT"),
                    (r.Response.Results[0].Records[0].Name, r.Response.Results[1].Records[0].Name)
                );
                Assert.Equal(30, r.Response.Results[0].NumRemaining);
            }),
            ["15-control-xml-schema-error.xml"] = Ok(r => Refused(r, IntacctFailure.Malformed, "XL03000003")),
            ["16-mixed-failure-success-failure.xml"] = Ok(r =>
            {
                // The control id of the first and last is the same, which a request of ours never does: refused either
                // way.
                Assert.Equal(
                    [FunctionStatus.Failure, FunctionStatus.Success],
                    r.Response!.Results.Select(one => one.Status)
                );
                Failed(r.Response.Results[0], IntacctFailure.Malformed, "Invalid fields list x", 2);
            }),
            ["17-auth-session-invalid.xml"] = Ok(r => Refused(r, IntacctFailure.SessionInvalid, "XL03000006")),
            ["18-readbyquery-page1.xml"] = Ok(r =>
                Assert.Equal((12, 2, 10), (Success(r.Only).TotalCount, r.Only.NumRemaining, r.Only.Records.Count))
            ),
            ["19-readmore-page2.xml"] = Ok(r =>
                Assert.Equal((12, 0, 2), (Success(r.Only).TotalCount, r.Only.NumRemaining, r.Only.Records.Count))
            ),
            ["20-control-sender-bad.xml"] = Ok(r => Refused(r, IntacctFailure.SenderRejected, "XL03000006")),
            ["21-auth-sender-not-authorised-for-company.xml"] = Ok(r =>
                Refused(r, IntacctFailure.SenderNotAuthorized, "XL03000006")
            ),
            ["22-transaction-true-aborted-and-failure.xml"] = Ok(r =>
            {
                Assert.Equal(
                    [FunctionStatus.Aborted, FunctionStatus.Failure],
                    r.Response!.Results.Select(one => one.Status)
                );
                Failed(r.Response.Results[1], IntacctFailure.Unknown, "Get API Session Failed", 2);
            }),
            ["24-offline-acknowledgement.xml"] = Ok(InDoubt),
            ["25-http401-xmlgw_jpp0002.xml"] = (
                HttpStatusCode.Unauthorized,
                r => Refused(r, IntacctFailure.SenderRejected, "XMLGW_JPP0002")
            ),
            ["26-http400-gw0011.xml"] = (
                HttpStatusCode.BadRequest,
                r =>
                {
                    Refused(r, IntacctFailure.SenderRejected, "GW-0011");
                    Assert.NotNull(r.Failure!.Errors.SupportId);
                    Assert.Equal("Invalid Request", r.Failure.Errors.Cause!.ComparableText);
                }
            ),
            ["27-create-duplicate-showadditionalerrorinfo.xml"] = Ok(r =>
            {
                Failed(r.Only, IntacctFailure.Duplicate, "BL01001973", 2);
                Assert.Equal(
                    ("GL-0493", "IA.DUPLICATE_ACCOUNT_NUMBER"),
                    (r.Only.Errors.Cause!.ErrorId, r.Only.Errors.Cause.MessageId)
                );
                Assert.Contains('~', r.Only.Errors.SupportId!);
                Assert.DoesNotContain("Support ID", r.Only.Errors.Cause.ComparableText, StringComparison.Ordinal);
            }),
            ["28-query-vendor-page.xml"] = Ok(r =>
                Assert.All(Success(r.Only).Records, one => Assert.NotNull(one["paytocontact.contactname"]))
            ),
            ["29-aborted-single-function.xml"] = Ok(r =>
            {
                Assert.Equal(FunctionStatus.Aborted, r.Only.Status);
                Assert.Equal((IntacctFailure.InvalidData, "PL01000127"), (r.Only.Failure, r.Only.Errors.Cause!.Number));
            }),
            ["30-lookup-arpymt.xml"] = Ok(r =>
            {
                Assert.Equal(IntacctFailure.OutcomeUnknown, r.Failure!.Failure);
                Assert.Contains("'data'", r.Failure.Message, StringComparison.Ordinal);
            }),
            ["32-getlist-invoice-dtd21.xml"] = Ok(r =>
            {
                var invoice = Assert.Single(Success(r.Only).Records);
                Assert.NotNull(invoice.Date("DATECREATED"));
                Assert.Equal(0m, invoice.Decimal("totaldue"));
                Assert.NotEmpty(invoice.Nested("invoiceitems.lineitem"));
            }),
        };

    private static (HttpStatusCode, Action<Reading>) Ok(Action<Reading> holds) => (HttpStatusCode.OK, holds);

    private static FunctionResult Success(FunctionResult result)
    {
        Assert.Equal((FunctionStatus.Success, null), (result.Status, result.Failure));
        return result;
    }

    private static void Failed(FunctionResult result, IntacctFailure failure, string causeNumber, int errors)
    {
        Assert.Equal((FunctionStatus.Failure, failure), (result.Status, result.Failure));
        Assert.Equal((causeNumber, errors), (result.Errors.Cause!.Number, result.Errors.Count));
    }

    private static void Refused(Reading reading, IntacctFailure failure, string causeNumber)
    {
        Assert.Equal((failure, false), (reading.Failure!.Failure, reading.Failure.OutcomeUnknown));
        Assert.Equal(causeNumber, reading.Failure.Errors.Cause!.Number);
    }

    private static void InDoubt(Reading reading) =>
        Assert.Equal(
            (FunctionStatus.Unknown, IntacctFailure.OutcomeUnknown),
            (reading.Only.Status, reading.Only.Failure)
        );

    /// <summary>The same moment stands in it twice: in the user's offset of seven hours behind, and in GMT.</summary>
    private static void WholeRecord(Reading reading)
    {
        var bill = Assert.Single(Success(reading.Only).Records);
        Assert.Equal("apbill", bill.Name);
        Assert.Equal(
            bill.Timestamp("AUWHENCREATED", TimeSpan.Zero),
            bill.Timestamp("WHENMODIFIED", TimeSpan.FromHours(-7))
        );
        Assert.Equal((true, null), (bill.Has("RECORDID"), bill["RECORDID"]));
        Assert.Equal((false, false), (bill.Boolean("ONHOLD"), bill.Boolean("SYSTEMGENERATED")));
        Assert.NotNull(bill.Decimal("TOTALENTERED"));
        Assert.NotNull(bill.Date("WHENDUE"));
    }
}
