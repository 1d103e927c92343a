using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Errors;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Storage;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Recoverability;

public sealed class FailuresTests
{
    [Theory]
    [InlineData(IntacctFailure.Unknown, FailureClass.Data)]
    [InlineData(IntacctFailure.Unreachable, FailureClass.Transient)]
    [InlineData(IntacctFailure.OutcomeUnknown, FailureClass.Transient)]
    [InlineData(IntacctFailure.Throttled, FailureClass.Throttled)]
    [InlineData(IntacctFailure.TooLarge, FailureClass.Data)]
    [InlineData(IntacctFailure.Transient, FailureClass.Transient)]
    [InlineData(IntacctFailure.SenderRejected, FailureClass.Authentication)]
    [InlineData(IntacctFailure.SenderNotAuthorized, FailureClass.Authentication)]
    [InlineData(IntacctFailure.LoginRejected, FailureClass.Authentication)]
    [InlineData(IntacctFailure.OtherCompany, FailureClass.Authentication)]
    [InlineData(IntacctFailure.SessionInvalid, FailureClass.Transient)]
    [InlineData(IntacctFailure.PermissionDenied, FailureClass.Data)]
    [InlineData(IntacctFailure.AuditDenied, FailureClass.Data)]
    [InlineData(IntacctFailure.Duplicate, FailureClass.Data)]
    [InlineData(IntacctFailure.NotFound, FailureClass.Data)]
    [InlineData(IntacctFailure.InvalidData, FailureClass.Data)]
    [InlineData(IntacctFailure.Malformed, FailureClass.Data)]
    [InlineData(IntacctFailure.CompanyExpired, FailureClass.Authentication)]
    [InlineData(IntacctFailure.ReplayRefused, FailureClass.Data)]
    [InlineData(IntacctFailure.ForbiddenEndpoint, FailureClass.Authentication)]
    public void Each_refusal_of_intacct_has_its_class(IntacctFailure failure, FailureClass expected)
    {
        var classified = Failures.Of(new IntacctException(failure, "BL01 No.", retryAfter: TimeSpan.FromSeconds(7)));
        Assert.Equal((expected, TimeSpan.FromSeconds(7)), (classified.Class, classified.RetryAfter));
        Assert.Equal(expected == FailureClass.Authentication ? "intacct" : null, classified.System);
        Assert.Equal("BL01 No.", classified.Problem.Message);
    }

    [Theory]
    [InlineData(ZuperFailure.Unreachable, FailureClass.Transient)]
    [InlineData(ZuperFailure.OutcomeUnknown, FailureClass.Transient)]
    [InlineData(ZuperFailure.Throttled, FailureClass.Throttled)]
    [InlineData(ZuperFailure.Transient, FailureClass.Transient)]
    [InlineData(ZuperFailure.KeyRejected, FailureClass.Authentication)]
    [InlineData(ZuperFailure.NotFound, FailureClass.Data)]
    [InlineData(ZuperFailure.Rejected, FailureClass.Data)]
    [InlineData(ZuperFailure.NotZuper, FailureClass.Data)]
    [InlineData(ZuperFailure.NotPermitted, FailureClass.Data)]
    [InlineData(ZuperFailure.ForbiddenHost, FailureClass.Authentication)]
    [InlineData(ZuperFailure.Unreadable, FailureClass.Transient)]
    [InlineData(ZuperFailure.TooLarge, FailureClass.Data)]
    public void Each_refusal_of_zuper_has_its_class(ZuperFailure failure, FailureClass expected)
    {
        var classified = Failures.Of(new ZuperException(failure, "No.") { RetryAfter = TimeSpan.FromSeconds(7) });
        Assert.Equal((expected, TimeSpan.FromSeconds(7)), (classified.Class, classified.RetryAfter));
        Assert.Equal(
            expected == FailureClass.Authentication || failure is ZuperFailure.NotZuper or ZuperFailure.NotPermitted
                ? "zuper"
                : null,
            classified.System
        );
    }

    [Fact]
    public void The_tables_above_leave_nothing_out()
    {
        Assert.Equal(Enum.GetValues<IntacctFailure>().Length, Rows(nameof(Each_refusal_of_intacct_has_its_class)));
        Assert.Equal(Enum.GetValues<ZuperFailure>().Length, Rows(nameof(Each_refusal_of_zuper_has_its_class)));
    }

    [Fact]
    public void A_request_without_an_answer_is_tried_again_whatever_it_was_taken_for() =>
        Assert.Equal(
            (FailureClass.Transient, FailureClass.Throttled),
            (
                Failures.Of(new IntacctException(IntacctFailure.InvalidData, "?", outcomeUnknown: true)).Class,
                Failures.Of(new IntacctException(IntacctFailure.Throttled, "?", outcomeUnknown: true)).Class
            )
        );

    [Fact]
    public void What_is_our_own_trouble_passes_or_is_reported()
    {
        Assert.Equal(FailureClass.Transient, Failures.Of(new TableUnavailableException("The disk is full.")).Class);
        Assert.Equal(FailureClass.Transient, Failures.Of(new QueueUnavailableException("The disk is full.")).Class);
        Assert.Equal(
            FailureClass.Transient,
            Failures.Of(new TableConflictException(0, "p", "r", "it has changed")).Class
        );
        Assert.Equal(
            (FailureClass.Unknown, "unexpected"),
            (Failures.Of(new FormatException("?")).Class, Failures.Of(new FormatException("?")).Problem.Code)
        );
        var missing = Failures.Of(new SecretMissingException(Some.ConnectionId, ZuperSecrets.ApiKey));
        Assert.Equal((FailureClass.Authentication, "settings"), (missing.Class, missing.System));
        Assert.Contains("zuper.apiKey", missing.Problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_failure_says_in_a_sentence_what_to_do_and_has_a_code_to_group_by()
    {
        var all = Enum.GetValues<IntacctFailure>()
            .Select(f => IntacctFailures.Of(f, "?"))
            .Concat(Enum.GetValues<ZuperFailure>().Select(f => Failures.Of(new ZuperException(f, "?"))))
            .Concat(
                new Exception[]
                {
                    new SecretMissingException(Some.ConnectionId, "zuper.apiKey"),
                    new TableUnavailableException("?"),
                    new QueueUnavailableException("?"),
                    new TableConflictException(0, "p", "r", "?"),
                    new FormatException("?"),
                }.Select(Failures.Of)
            );
        foreach (var problem in all.Select(f => f.Problem))
        {
            Assert.Matches("^[A-Z].{10,}[.]$", problem.Fix);
            Assert.Matches("^[a-z]+(-[a-z]+)*$", problem.Code);
        }
    }

    private static int Rows(string method) =>
        typeof(FailuresTests).GetMethod(method)!.GetCustomAttributes(typeof(InlineDataAttribute), false).Length;
}
