using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Tests.Zuper.Client;

/// <summary>What only shows on a wire: the client as it is registered, against a server on loopback.</summary>
public sealed class ZuperSocketTests : IAsyncLifetime
{
    /// <summary>Only so that a failure ends; nothing is measured.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private WebApplication _server = null!;
    private ServiceProvider _provider = null!;
    private readonly TestClock _clock = new();
    private readonly CollectingLoggerProvider _log = new();
    private Func<HttpContext, Task> _answer = _ => Task.CompletedTask;
    private int _requests;

    private ZuperAccount Account => Some.ZuperAccount(_server.Urls.Single());

    private ZuperClient Client => _provider.GetRequiredService<ZuperClient>();

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.Run(context =>
        {
            Interlocked.Increment(ref _requests);
            return _answer(context);
        });
        await _server.StartAsync(CancellationToken.None);
        _provider = new ServiceCollection()
            .AddSingleton<TimeProvider>(_clock)
            .AddLogging(logging => logging.AddProvider(_log))
            .AddZuperClient()
            .Configure<ZuperOptions>(options =>
                (options.AllowedHosts, options.AccountsEndpoint) = ("127.0.0.1", _server.Urls.Single())
            )
            .BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        await _provider.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _answer = context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };
        Assert.Equal(ZuperFailure.NotZuper, (await Refused()).Failure);
        Assert.Equal(1, _requests);
    }

    [Fact]
    public async Task A_compressed_answer_is_read()
    {
        _answer = async context =>
        {
            Assert.Contains("gzip", context.Request.Headers.AcceptEncoding.ToString(), StringComparison.Ordinal);
            context.Response.Headers.ContentEncoding = "gzip";
            await using var zip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await zip.WriteAsync(
                Encoding.UTF8.GetBytes(Some.ZuperSuccess(Some.OrganizationJson()).ToJsonString()),
                CancellationToken.None
            );
        };
        Assert.Equal(
            "Harbor Dental Group",
            (await Client.GetOrganizationAsync(Account, Some.Uid(1), CancellationToken.None))?.Name
        );
    }

    [Fact]
    public async Task An_answer_that_swells_when_unpacked_is_cut_off()
    {
        _answer = async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var zip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 17; i++)
                await zip.WriteAsync(zeros, CancellationToken.None);
        };
        var failure = await Refused();
        Assert.Equal(
            (ZuperFailure.TooLarge, FailureClass.Data, "zuper-too-large"),
            (failure.Failure, failure.Classified.Class, failure.Classified.Problem.Code)
        );
        Assert.Contains("16777216 bytes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_that_are_too_large_for_one_answer_are_read_in_several()
    {
        var uids = Enumerable.Range(1, 9).Select(Some.Uid).ToList();
        _answer = async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var asked = await reader.ReadToEndAsync(CancellationToken.None);
            var found = uids.Where(uid => asked.Contains(uid, StringComparison.Ordinal)).ToList();
            if (context.Request.Method == "GET")
                found = [context.Request.Path.Value!.Split('/')[^1]];
            var rows = found.Select(uid => (JsonNode)Some.OrganizationJson(uid)).ToArray();
            var answer =
                context.Request.Method == "GET"
                    ? Some.ZuperSuccess(Some.OrganizationJson(found[0]))
                    : new JsonObject { ["type"] = "success", ["data"] = new JsonArray(rows) };
            if (found.Count > 3)
                answer["padding"] = new string('x', ZuperClient.MaxBodyBytes);
            await context.Response.WriteAsync(answer.ToJsonString(), CancellationToken.None);
        };
        var read = await Client.GetOrganizationsAsync(Account, uids, RequestPriority.Live, CancellationToken.None);
        Assert.Equal(uids, read.Keys.Order(StringComparer.Ordinal));

        // 9, then 4 and 5, then 2, 2, 2 and 3.
        Assert.Equal(7, _requests);
    }

    [Fact]
    public async Task An_answer_that_is_cut_off_leaves_a_write_in_doubt_and_a_read_not()
    {
        _answer = async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("{\"type\":", CancellationToken.None);
            await context.Response.Body.FlushAsync(CancellationToken.None);
            context.Abort();
        };
        var write = await Assert.ThrowsAsync<ZuperException>(() =>
            Client.PatchCustomFieldsAsync(
                Account,
                ZuperModule.Organization,
                Some.Uid(1),
                [new("a", "b")],
                RequestPriority.Live,
                CancellationToken.None
            )
        );
        Assert.Equal((ZuperFailure.OutcomeUnknown, true), (write.Failure, write.OutcomeUnknown));
        Assert.Equal(1, _requests);
        var refused = Refused();
        await _clock.PassPausesAsync(refused, TimeSpan.FromSeconds(1));
        Assert.Equal((ZuperFailure.Unreachable, 2 + RemotePipelines.Repeats), ((await refused).Failure, _requests));
    }

    [Theory]
    [InlineData(true, ZuperFailure.OutcomeUnknown)]
    [InlineData(false, ZuperFailure.Unreachable)]
    public async Task Half_an_answer_and_then_silence_ends_by_the_time_out_with_a_warning(
        bool writes,
        ZuperFailure expected
    )
    {
        var half = new TaskCompletionSource();
        _answer = http => HalfAsync(http, half);
        var sending = writes ? WriteAsync() : Refused();
        await half.Task.WaitAsync(Patience);
        _clock.Advance(new ZuperOptions().Timeout);
        var failure = await sending.WaitAsync(Patience);
        Assert.Equal((expected, writes, 1), (failure.Failure, failure.OutcomeUnknown, _requests));
        Assert.Contains(
            _log.Lines,
            l => l.Level == LogLevel.Warning && l.Text.Contains("ended after 00:01:00", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Half_an_answer_holds_up_no_stop()
    {
        using var stop = new CancellationTokenSource();
        var half = new TaskCompletionSource();
        _answer = http => HalfAsync(http, half);
        var reading = Client.GetOrganizationAsync(Account, Some.Uid(1), stop.Token);
        await half.Task.WaitAsync(Patience);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_unreachable_and_leaves_no_doubt()
    {
        var account = Account;
        await _server.StopAsync(CancellationToken.None);
        var write = await Assert.ThrowsAsync<ZuperException>(() =>
            Client.PatchCustomFieldsAsync(
                account,
                ZuperModule.Organization,
                Some.Uid(1),
                [new("a", "b")],
                RequestPriority.Live,
                CancellationToken.None
            )
        );
        Assert.Equal((ZuperFailure.Unreachable, false), (write.Failure, write.OutcomeUnknown));
    }

    [Fact]
    public async Task A_request_is_one_activity_without_ids_and_keys()
    {
        var ended = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (ended)
                    ended.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        _answer = context =>
            context.Response.WriteAsync(
                "{\"type\":\"error\",\"message\":\"Invalid Organization UID\"}",
                CancellationToken.None
            );
        using var parent = new Activity("test").Start();
        Assert.Null(await Client.GetOrganizationAsync(Account, Some.Uid(1), CancellationToken.None));
        var own = Assert.Single(ended.ToArray(), activity => activity.TraceId == parent.TraceId);
        Assert.Equal("zuper GET organization/{uid}", own.DisplayName);
        Assert.Equal((200, "Rejected"), (own.GetTagItem("http.response.status_code"), own.GetTagItem("error.type")));
        Assert.DoesNotContain(
            own.TagObjects,
            tag =>
                $"{tag.Value}".Contains(Some.Uid(1), StringComparison.Ordinal)
                || $"{tag.Value}".Contains(Some.ZuperKey, StringComparison.Ordinal)
        );
    }

    private static Task HalfAsync(HttpContext http, TaskCompletionSource sent)
    {
        var half = ZuperProxy.HalfAsync(http);
        sent.TrySetResult();
        return half;
    }

    private Task<ZuperException> WriteAsync() =>
        Assert.ThrowsAsync<ZuperException>(() =>
            Client.PatchCustomFieldsAsync(
                Account,
                ZuperModule.Organization,
                Some.Uid(1),
                [new("a", "b")],
                RequestPriority.Live,
                CancellationToken.None
            )
        );

    private Task<ZuperException> Refused() =>
        Assert.ThrowsAsync<ZuperException>(() =>
            Client.GetOrganizationAsync(Account, Some.Uid(1), CancellationToken.None)
        );
}
