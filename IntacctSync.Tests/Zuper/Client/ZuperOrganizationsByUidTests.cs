using System.Net;
using System.Text.Json.Nodes;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Records;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Zuper.Client;

public sealed class ZuperOrganizationsByUidTests
{
    private static readonly ZuperAccount Account = Some.ZuperAccount();

    [Fact]
    public async Task Two_hundred_and_fifty_are_read_in_three_calls()
    {
        using var stand = new ZuperStand(asked => Rows(asked.FilterUids));
        var found = await Read(stand, Enumerable.Range(1, 250));
        Assert.Equal(250, found.Count);
        Assert.Equal(3, stand.Asked.Count);
        var rule = stand.Asked[0].Json["filter_rules"]![0]!;
        Assert.Equal(
            ("organization_uid", "IN", 100),
            (rule["key"]!.GetValue<string>(), rule["operator"]!.GetValue<string>(), rule["value"]!.AsArray().Count)
        );
    }

    [Fact]
    public async Task What_the_filter_does_not_bring_is_read_by_itself_and_what_is_unknown_is_left_out()
    {
        using var stand = new ZuperStand(asked =>
            (asked.Method, asked.Path.Split('/')[^1]) switch
            {
                ("POST", _) => Rows([.. asked.FilterUids.Where(uid => uid != Some.Uid(2) && uid != Some.Uid(3))]),
                (_, var uid) when uid == Some.Uid(2) => Deleted(uid),
                _ => Unknown(),
            }
        );
        var found = await Read(stand, [1, 2, 3, 4]);
        AssertUids([1, 2, 4], found.Keys);
        Assert.True(found[Some.Uid(2)].IsDeleted);
        Assert.Equal(3, stand.Asked.Count);
    }

    [Fact]
    public async Task A_single_one_is_read_by_itself()
    {
        using var stand = new ZuperStand(asked => Single(asked));
        Assert.Single(await Read(stand, [1, 1]));
        Assert.Equal("GET", Assert.Single(stand.Asked).Method);
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(404, true)]
    [InlineData(404, false)]
    [InlineData(405, false)]
    public async Task A_filter_that_is_refused_in_every_form_is_left_alone_for_an_hour(int status, bool json)
    {
        using var stand = new ZuperStand(asked =>
            asked.Method == "POST"
                ? json
                    ? ZuperStand.Json(Some.ZuperError("Invalid", "Invalid filter"), (HttpStatusCode)status)
                    : ZuperStand.Html("Cannot POST", (HttpStatusCode)status)
                : Single(asked)
        );
        Assert.Equal(4, (await Read(stand, [1, 2, 3, 4])).Count);
        Assert.Equal(UidFilter.Forms, stand.Asked.Count(asked => asked.Method == "POST"));
        Assert.Equal(2, (await Read(stand, [5, 6])).Count);
        Assert.Equal(UidFilter.Forms, stand.Asked.Count(asked => asked.Method == "POST"));
        stand.Clock.Advance(TimeSpan.FromHours(1));
        await Read(stand, [5, 6]);
        Assert.Equal(2 * UidFilter.Forms, stand.Asked.Count(asked => asked.Method == "POST"));
    }

    [Fact]
    public async Task The_form_that_the_service_takes_is_found_once()
    {
        using var stand = new ZuperStand(asked =>
            asked.Json["filter_rules"]!.AsArray().Count == 0
                ? Rows(asked.Json["filter.module_uid"]!.GetValue<string>().Split(','))
                : ZuperStand.Json(Some.ZuperError("Invalid", "field_type is not allowed"), HttpStatusCode.BadRequest)
        );
        Assert.Equal(3, (await Read(stand, [1, 2, 3])).Count);
        Assert.Equal(3, stand.Asked.Count);
        Assert.Equal(3, (await Read(stand, [4, 5, 6])).Count);
        Assert.Equal(4, stand.Asked.Count);
    }

    [Fact]
    public async Task A_filter_that_is_ignored_is_found_out()
    {
        using var stand = new ZuperStand(asked =>
            asked.Method == "POST" ? Rows([Some.Uid(1), Some.Uid(77)]) : Single(asked)
        );
        var found = await Read(stand, [1, 2]);
        AssertUids([1, 2], found.Keys);
    }

    [Fact]
    public async Task Rows_that_leave_custom_fields_out_are_not_taken_for_the_whole_record()
    {
        using var stand = new ZuperStand(asked =>
            asked.Method == "POST" ? Rows(UidsOf(asked), withFields: false) : Single(asked)
        );
        var found = await Read(stand, [1, 2]);
        Assert.All(found.Values, organization => Assert.Equal("C-1", organization.CustomField("Sage Customer ID")));
    }

    [Fact]
    public async Task A_failure_on_the_way_keeps_what_was_read()
    {
        using var stand = new ZuperStand(asked =>
            (asked.Method, asked.Path.Split('/')[^1]) switch
            {
                ("POST", _) => Rows([Some.Uid(1)]),
                (_, var uid) when uid == Some.Uid(2) => Unknown(),
                _ => ZuperStand.Html("down", HttpStatusCode.BadGateway),
            }
        );
        var reading = Read(stand, [1, 2, 3]);
        await stand.Clock.PassPausesAsync(reading, TimeSpan.FromSeconds(1));
        var partial = await Assert.ThrowsAsync<ZuperPartialReadException<ZuperOrganization>>(() => reading);
        Assert.Equal(ZuperFailure.Transient, partial.Failure);
        AssertUids([1], partial.Found.Keys);
        AssertUids([2], partial.Missing);
    }

    [Fact]
    public async Task A_record_that_can_not_be_read_does_not_keep_the_others_from_being_read()
    {
        using var stand = new ZuperStand(asked =>
            asked.Method == "POST" ? Rows([])
            : asked.Path.EndsWith(Some.Uid(1), StringComparison.Ordinal)
                ? ZuperStand.Json(Some.ZuperError("No", "Not now"), HttpStatusCode.BadRequest)
            : Single(asked)
        );
        var partial = await Assert.ThrowsAsync<ZuperPartialReadException<ZuperOrganization>>(() =>
            Read(stand, Enumerable.Range(1, 20))
        );
        Assert.Equal((ZuperFailure.Rejected, 19), (partial.Failure, partial.Found.Count));
    }

    [Fact]
    public async Task A_failure_before_anything_was_read_is_thrown_as_it_is()
    {
        using var stand = new ZuperStand(_ => ZuperStand.Html("down", HttpStatusCode.BadGateway));
        var reading = Read(stand, [1, 2]);
        await stand.Clock.PassPausesAsync(reading, TimeSpan.FromSeconds(1));
        Assert.IsNotType<ZuperPartialReadException<ZuperOrganization>>(
            await Assert.ThrowsAnyAsync<ZuperException>(() => reading)
        );
        Assert.Equal(1 + RemotePipelines.Repeats, stand.Asked.Count);
    }

    [Fact]
    public async Task No_uids_are_no_calls_and_what_is_no_uid_is_unknown()
    {
        using var stand = new ZuperStand(_ => throw new InvalidOperationException("nothing may be sent"));
        Assert.Empty(await Read(stand, []));
        Assert.Empty(
            await stand.Client.GetOrganizationsAsync(
                Account,
                ["../x", "a b"],
                RequestPriority.Live,
                CancellationToken.None
            )
        );
    }

    private static void AssertUids(IEnumerable<int> expected, IEnumerable<string> actual) =>
        Assert.Equal(expected.Select(Some.Uid), actual.Order(StringComparer.Ordinal), StringComparer.Ordinal);

    private static Task<IReadOnlyDictionary<string, ZuperOrganization>> Read(
        ZuperStand stand,
        IEnumerable<int> numbers
    ) =>
        stand.Client.GetOrganizationsAsync(
            Account,
            [.. numbers.Select(Some.Uid)],
            RequestPriority.Live,
            CancellationToken.None
        );

    private static IReadOnlyList<string> UidsOf(ZuperAsked asked) =>
        asked.Json["filter.module_uid"] is { } uids ? uids.GetValue<string>().Split(',') : asked.FilterUids;

    private static HttpResponseMessage Rows(IEnumerable<string> uids, bool withFields = true)
    {
        var rows = uids.Select(uid => Some.OrganizationJson(uid, sageId: "C-1")).ToArray<JsonNode>();
        if (!withFields)
            Array.ForEach(rows, row => row.AsObject().Remove("custom_fields"));
        return ZuperStand.Json(Some.ZuperSuccess(new JsonArray(rows), "SUCCESS"));
    }

    private static HttpResponseMessage Single(ZuperAsked asked) =>
        ZuperStand.Json(Some.ZuperSuccess(Some.OrganizationJson(asked.Path.Split('/')[^1], sageId: "C-1")));

    private static HttpResponseMessage Deleted(string uid)
    {
        var organization = Some.OrganizationJson(uid);
        organization["is_deleted"] = true;
        return ZuperStand.Json(Some.ZuperSuccess(organization));
    }

    private static HttpResponseMessage Unknown() =>
        ZuperStand.Json(Some.ZuperError("", "Invalid Organization UID"), HttpStatusCode.NotFound);
}
