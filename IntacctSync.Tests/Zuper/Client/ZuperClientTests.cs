using System.Net;
using System.Text.Json.Nodes;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Client;

public sealed class ZuperClientTests
{
    private static readonly ZuperAccount Account = Some.ZuperAccount();

    [Fact]
    public async Task An_organization_is_read_with_the_key_at_the_account_s_own_address()
    {
        using var stand = new ZuperStand(_ => ZuperStand.Json(Some.ZuperSuccess(Some.OrganizationJson(sageId: "C-7"))));
        var organization = await stand.Client.GetOrganizationAsync(Account, Some.Uid(1), CancellationToken.None);
        Assert.Equal("C-7", organization?.CustomField("sage customer id"));
        var asked = Assert.Single(stand.Asked);
        Assert.Equal($"https://us-west-1c.zuperpro.com/api/organization/{Some.Uid(1)}", asked.Uri.AbsoluteUri);
        Assert.Equal(("GET", Some.ZuperKey), (asked.Method, asked.Key));
    }

    [Theory]
    [InlineData(404, """{"type":"error","message":"No Organization found for given UID"}""")]
    [InlineData(400, """{"type":"error","title":"Invalid Organization UID","message":"Invalid Organization UID"}""")]
    public async Task An_organization_that_zuper_does_not_know_is_null(int status, string body)
    {
        using var stand = new ZuperStand(_ => ZuperStand.Answer(body, (HttpStatusCode)status, "application/json"));
        Assert.Null(await stand.Client.GetOrganizationAsync(Account, Some.Uid(1), CancellationToken.None));
    }

    [Theory]
    [InlineData(200, """{"type":"success","data":null}""")]
    [InlineData(200, """{"type":"success","data":{}}""")]
    [InlineData(400, """{"type":"error","title":"Invalid Request","message":"The request is invalid"}""")]
    public async Task An_answer_that_does_not_say_that_it_is_unknown_is_not_taken_for_a_deletion(
        int status,
        string body
    )
    {
        using var stand = new ZuperStand(_ => ZuperStand.Answer(body, (HttpStatusCode)status, "application/json"));
        await Assert.ThrowsAsync<ZuperException>(() =>
            stand.Client.GetOrganizationAsync(Account, Some.Uid(1), CancellationToken.None)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("../custom_fields")]
    [InlineData("a/b")]
    [InlineData("undefined")]
    public async Task What_is_no_uid_is_unknown_and_never_sent(string uid)
    {
        using var stand = new ZuperStand(_ => throw new InvalidOperationException("nothing may be sent"));
        Assert.Null(await stand.Client.GetOrganizationAsync(Account, uid, CancellationToken.None));
        Assert.Equal(
            ZuperFailure.Rejected,
            (await Assert.ThrowsAsync<ZuperException>(() => Patch(stand, uid))).Failure
        );
        Assert.Empty(stand.Asked);
    }

    [Fact]
    public async Task Another_record_than_the_one_asked_for_is_not_taken_for_it()
    {
        using var stand = new ZuperStand(_ => ZuperStand.Json(Some.ZuperSuccess(Some.OrganizationJson(Some.Uid(2)))));
        Assert.Equal(ZuperFailure.Unreadable, (await Refused(stand)).Failure);
    }

    [Fact]
    public async Task Custom_fields_are_patched_and_any_case_of_success_is_success()
    {
        using var stand = new ZuperStand(_ =>
            ZuperStand.Json(new JsonObject { ["type"] = "SUCCESS", ["message"] = "updated" })
        );
        await Patch(stand, Some.Uid(1));
        var asked = Assert.Single(stand.Asked);
        Assert.Equal(("PATCH", "/api/custom_fields"), (asked.Method, asked.Path));
        Assert.Equal(
            $$"""{"module_name":"ORGANIZATION","module_uid":"{{Some.Uid(1)}}","custom_fields":[{"label":"Sage Customer ID","value":"C-7"}]}""",
            asked.Body
        );
    }

    [Theory]
    [InlineData(ZuperModule.Organization, "ORGANIZATION")]
    [InlineData(ZuperModule.Customer, "CUSTOMER")]
    [InlineData(ZuperModule.Invoice, "INVOICE")]
    [InlineData(ZuperModule.Product, "PRODUCT")]
    public async Task Modules_have_zuper_s_names(ZuperModule module, string name)
    {
        using var stand = new ZuperStand(_ => ZuperStand.Json(Some.ZuperSuccess(null)));
        await stand.Client.PatchCustomFieldsAsync(
            Account,
            module,
            Some.Uid(1),
            [new("a", "b", "SINGLE_LINE")],
            RequestPriority.Bulk,
            CancellationToken.None
        );
        Assert.Equal(name, stand.Asked[0].Json["module_name"]!.GetValue<string>());
        Assert.Equal("SINGLE_LINE", stand.Asked[0].Json["custom_fields"]![0]!["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task No_fields_to_write_is_no_call()
    {
        using var stand = new ZuperStand(_ => throw new InvalidOperationException("nothing may be sent"));
        await stand.Client.PatchCustomFieldsAsync(
            Account,
            ZuperModule.Invoice,
            Some.Uid(1),
            [],
            RequestPriority.Live,
            CancellationToken.None
        );
        Assert.Empty(stand.Asked);
    }

    [Theory]
    [InlineData(401, false)]
    [InlineData(400, false)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    public async Task A_write_that_the_service_failed_at_leaves_a_doubt_and_one_that_it_refused_does_not(
        int status,
        bool doubt
    )
    {
        using var stand = new ZuperStand(_ => ZuperStand.Html("<p>no</p>", (HttpStatusCode)status));
        var failure = await Assert.ThrowsAsync<ZuperException>(() => Patch(stand, Some.Uid(1)));
        Assert.Equal(doubt, failure.OutcomeUnknown);
        Assert.Equal((HttpStatusCode)status, failure.Status);
    }

    [Fact]
    public async Task A_write_without_an_answer_is_in_doubt_and_a_read_is_not()
    {
        using var stand = new ZuperStand(
            async (_, cancellation) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
                throw new InvalidOperationException("unreached");
            }
        );
        var write = Patch(stand, Some.Uid(1));
        var read = Refused(stand);
        await Soon.UntilAsync(() => stand.Asked.Count == 2);
        stand.Clock.Advance(TimeSpan.FromSeconds(60));
        var lost = await Assert.ThrowsAsync<ZuperException>(() => write);
        Assert.Equal((ZuperFailure.OutcomeUnknown, true), (lost.Failure, lost.OutcomeUnknown));
        Assert.Contains("00:01:00", lost.Message, StringComparison.Ordinal);
        Assert.Equal((ZuperFailure.Unreachable, false), ((await read).Failure, (await read).OutcomeUnknown));
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError, ZuperFailure.Unreachable)]
    [InlineData(HttpRequestError.NameResolutionError, ZuperFailure.Unreachable)]
    [InlineData(HttpRequestError.SecureConnectionError, ZuperFailure.Unreachable)]
    [InlineData(HttpRequestError.ResponseEnded, ZuperFailure.OutcomeUnknown)]
    [InlineData(HttpRequestError.Unknown, ZuperFailure.OutcomeUnknown)]
    public async Task A_write_that_never_left_is_in_no_doubt(HttpRequestError error, ZuperFailure expected)
    {
        using var stand = new ZuperStand(_ => throw new HttpRequestException(error, "gone"));
        var failure = await Assert.ThrowsAsync<ZuperException>(() => Patch(stand, Some.Uid(1)));
        Assert.Equal((expected, expected == ZuperFailure.OutcomeUnknown), (failure.Failure, failure.OutcomeUnknown));
    }

    [Fact]
    public async Task The_caller_s_cancellation_stays_a_cancellation()
    {
        using var stop = new CancellationTokenSource();
        using var stand = new ZuperStand(
            async (_, cancellation) =>
            {
                await stop.CancelAsync();
                cancellation.ThrowIfCancellationRequested();
                throw new InvalidOperationException("unreached");
            }
        );
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            stand.Client.GetOrganizationAsync(Account, Some.Uid(1), stop.Token)
        );
    }

    [Theory]
    [InlineData("https://zuperpro.com.evil.example")]
    [InlineData("http://us-west-1c.zuperpro.com")]
    [InlineData("https://127.0.0.1")]
    public async Task A_host_that_is_not_allowed_is_never_called(string root)
    {
        using var stand = new ZuperStand(_ => throw new InvalidOperationException("nothing may be sent"));
        var failure = await Assert.ThrowsAsync<ZuperException>(() =>
            stand.Client.ProbeAsync(Some.ZuperAccount(root), CancellationToken.None)
        );
        Assert.Equal(ZuperFailure.ForbiddenHost, failure.Failure);
        Assert.Contains("Apps:AllowedHosts", failure.Message, StringComparison.Ordinal);
        Assert.Empty(stand.Asked);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two\nlines")]
    [InlineData("ключ")]
    public async Task A_key_that_no_header_can_carry_is_refused_without_showing_it(string key)
    {
        using var stand = new ZuperStand(_ => throw new InvalidOperationException("nothing may be sent"));
        var failure = await Assert.ThrowsAsync<ZuperException>(() =>
            stand.Client.ProbeAsync(Some.ZuperAccount(key: key), CancellationToken.None)
        );
        Assert.Equal(ZuperFailure.KeyRejected, failure.Failure);
        Assert.True(key.Length == 0 || !failure.ToString().Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_key_is_in_no_message_and_no_log_even_when_zuper_repeats_it()
    {
        using var stand = new ZuperStand(asked =>
            ZuperStand.Json(Some.ZuperError("Unauthorized", $"Key {asked.Key} is wrong"), HttpStatusCode.Unauthorized)
        );
        var failure = await Refused(stand);
        Assert.Equal(ZuperFailure.KeyRejected, failure.Failure);
        Assert.DoesNotContain(Some.ZuperKey, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Some.ZuperKey, Account.ToString(), StringComparison.Ordinal);
        Assert.Contains(stand.Log, line => line.Contains("KeyRejected", StringComparison.Ordinal));
        Assert.DoesNotContain(stand.Log, line => line.Contains(Some.ZuperKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_probe_asks_for_one_organization()
    {
        using var stand = new ZuperStand(_ => ZuperStand.Json(Some.ZuperSuccess(new JsonArray())));
        await stand.Client.ProbeAsync(Account, CancellationToken.None);
        Assert.Equal("?page=1&count=1&sort=ASC&sort_by=created_at", Assert.Single(stand.Asked).Uri.Query);
    }

    private static Task Patch(ZuperStand stand, string uid) =>
        stand.Client.PatchCustomFieldsAsync(
            Account,
            ZuperModule.Organization,
            uid,
            [new("Sage Customer ID", "C-7")],
            RequestPriority.Live,
            CancellationToken.None
        );

    private static Task<ZuperException> Refused(ZuperStand stand) =>
        Assert.ThrowsAsync<ZuperException>(() =>
            stand.Client.GetOrganizationAsync(Account, Some.Uid(1), CancellationToken.None)
        );
}
