#pragma warning disable MA0045 // Only memory is written to without waiting.
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Remote;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntacctSync.Tests.Intacct.Transport;

/// <summary>Over real sockets: what is sent twice, what may have been executed, what certainly was not.</summary>
public sealed class BrokenConnectionTests
{
    private static readonly string Created = Answers.Operation(
        Answers.Success(
            "is-1",
            "<data listtype=\"objects\" count=\"1\"><customer><RECORDNO>5</RECORDNO></customer></data>"
        )
    );

    /// <summary>Only so that a failure ends; nothing is measured.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_refused_connection_means_that_nothing_was_sent()
    {
        await using var intacct = new WiredIntacct(Unused());
        var failure = await intacct.FailureAsync();
        Assert.Equal((IntacctFailure.Unreachable, false), (failure.Failure, failure.OutcomeUnknown));
    }

    [Fact]
    public async Task A_name_that_is_not_known_means_that_nothing_was_sent()
    {
        await using var server = new RawServer(
            (_, socket, ct) => LoginAsync(socket, "https://no-such-host.invalid/", ct)
        );
        var clients = new StubClients(new SocketsHttpHandler());
        var options = new IntacctOptions { Endpoint = server.Address, AllowedHosts = "127.0.0.1;no-such-host.invalid" };
        var client = new IntacctClient(
            clients,
            Microsoft.Extensions.Options.Options.Create(options),
            new RemotePipelines(new TestClock(), NullLogger<RemotePipelines>.Instance),
            new CountingIds(),
            new TestClock(),
            new CollectingLogger<IntacctClient>()
        );
        var failure = await Assert.ThrowsAsync<IntacctException>(() =>
            client.SendAsync(Some.IntacctCredentials(), [Some.CreateFunction()], uniqueId: true, CancellationToken.None)
        );
        Assert.Equal((IntacctFailure.Unreachable, false), (failure.Failure, failure.OutcomeUnknown));
    }

    [Fact]
    public async Task A_login_without_an_answer_executed_nothing()
    {
        await using var server = new RawServer((_, socket, _) => ResetAsync(socket));
        await using var intacct = new WiredIntacct(server.Address);
        var failure = await intacct.FailureAsync();
        Assert.Equal((IntacctFailure.Transient, false, 1), (failure.Failure, failure.OutcomeUnknown, server.Requests));
    }

    [Fact]
    public async Task A_reset_after_sending_leaves_the_outcome_open_and_nothing_is_sent_again()
    {
        await using var server = Serving((socket, _) => ResetAsync(socket));
        await using var intacct = new WiredIntacct(server.Address);
        await AssertInDoubtAsync(intacct);
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task A_connection_that_ends_in_order_without_an_answer_leaves_the_outcome_open_and_nothing_is_resent()
    {
        await using var server = Serving(
            (socket, _) =>
            {
                socket.Shutdown(SocketShutdown.Both);
                return Task.CompletedTask;
            }
        );
        await using var intacct = new WiredIntacct(server.Address);
        await AssertInDoubtAsync(intacct);
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task A_reset_in_the_middle_of_the_answer_leaves_the_outcome_open()
    {
        await using var server = Serving(
            async (socket, ct) =>
            {
                await socket.SendAsync(RawServer.Answer(Created[..400], length: Created.Length), ct);
                await ResetAsync(socket);
            }
        );
        await using var intacct = new WiredIntacct(server.Address);
        await AssertInDoubtAsync(intacct);
    }

    [Theory]
    [InlineData("&#xD800;")]
    [InlineData("&#xDFFF;x")]
    [InlineData("&#0;")]
    public async Task Half_a_character_in_an_answer_is_left_out_and_puts_nothing_in_doubt(string half)
    {
        var broken = Created.Replace("<RECORDNO>5", $"<NAME>a{half}b</NAME><RECORDNO>5", StringComparison.Ordinal);
        await using var server = Serving((socket, ct) => SendAsync(socket, RawServer.Answer(broken), ct));
        await using var intacct = new WiredIntacct(server.Address);
        var response = await intacct.Client.SendAsync(
            Some.IntacctCredentials(),
            [Some.CreateFunction()],
            uniqueId: true,
            CancellationToken.None
        );
        var made = response.Results[0];
        Assert.Equal((FunctionStatus.Success, "5"), (made.Status, made.RecordNo));
        Assert.DoesNotContain(made.Records[0]["NAME"]!, c => char.IsSurrogate(c) || char.IsControl(c));
        Assert.StartsWith("a", made.Records[0]["NAME"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = new RawServer((_, socket, ct) => SendAsync(socket, RawServer.Answer(Created), ct));
        await using var server = Serving(
            (socket, ct) =>
                SendAsync(
                    socket,
                    RawServer.Answer("", "307 Temporary Redirect", $"Location: {elsewhere.Address}\r\n"),
                    ct
                )
        );
        await using var intacct = new WiredIntacct(server.Address);
        await AssertInDoubtAsync(intacct);
        Assert.Equal(0, elsewhere.Requests);
    }

    [Fact]
    public async Task A_compressed_answer_is_read()
    {
        await using var server = Serving(
            (socket, ct) => SendAsync(socket, Compressed(Encoding.UTF8.GetBytes(Created)), ct)
        );
        await using var intacct = new WiredIntacct(server.Address);
        var response = await intacct.Client.SendAsync(
            Some.IntacctCredentials(),
            [Some.CreateFunction()],
            uniqueId: true,
            CancellationToken.None
        );
        Assert.Equal((FunctionStatus.Success, "5"), (response.Results[0].Status, response.Results[0].RecordNo));
    }

    [Fact]
    public async Task A_small_answer_that_unpacks_to_a_huge_one_is_refused()
    {
        var bomb = new byte[70 * 1024 * 1024];
        Array.Fill(bomb, (byte)'x');
        Encoding.UTF8.GetBytes("<response><control><status>").CopyTo(bomb, 0);
        await using var server = Serving((socket, ct) => SendAsync(socket, Compressed(bomb), ct));
        await using var intacct = new WiredIntacct(server.Address);
        var failure = await AssertInDoubtAsync(intacct);
        Assert.Contains("longer than", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_answer_in_time_leaves_the_outcome_open()
    {
        var arrived = new TaskCompletionSource();
        await using var server = Serving(
            (_, ct) =>
            {
                arrived.SetResult();
                return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            }
        );
        await using var intacct = new WiredIntacct(server.Address, TimeSpan.FromMinutes(3));
        var sending = intacct.FailureAsync();
        await arrived.Task;
        intacct.Clock.Advance(TimeSpan.FromMinutes(3));
        var failure = await sending;
        Assert.Equal((IntacctFailure.OutcomeUnknown, true), (failure.Failure, failure.OutcomeUnknown));
        Assert.Contains("00:03:00", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_an_answer_and_then_silence_ends_by_the_time_out_and_leaves_the_outcome_open()
    {
        var half = new TaskCompletionSource();
        await using var server = Serving((socket, ct) => HalfAsync(socket, half, ct));
        await using var intacct = new WiredIntacct(server.Address, TimeSpan.FromMinutes(3));
        var sending = intacct.FailureAsync();
        await half.Task.WaitAsync(Patience);
        intacct.Clock.Advance(TimeSpan.FromMinutes(3));
        var failure = await sending.WaitAsync(Patience);
        Assert.Equal((IntacctFailure.OutcomeUnknown, true), (failure.Failure, failure.OutcomeUnknown));
        Assert.Contains("00:03:00", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_an_answer_holds_up_no_stop()
    {
        using var stop = new CancellationTokenSource();
        var half = new TaskCompletionSource();
        await using var server = Serving((socket, ct) => HalfAsync(socket, half, ct));
        await using var intacct = new WiredIntacct(server.Address);
        var sending = intacct.Client.SendAsync(
            Some.IntacctCredentials(),
            [Some.CreateFunction()],
            uniqueId: true,
            stop.Token
        );
        await half.Task.WaitAsync(Patience);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_caller_that_gives_up_sees_its_own_cancellation()
    {
        using var caller = new CancellationTokenSource();
        var arrived = new TaskCompletionSource();
        await using var server = Serving(
            (_, ct) =>
            {
                arrived.SetResult();
                return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            }
        );
        await using var intacct = new WiredIntacct(server.Address);
        var sending = intacct.Client.SendAsync(
            Some.IntacctCredentials(),
            [Some.CreateFunction()],
            uniqueId: true,
            caller.Token
        );
        await arrived.Task;
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    private static async Task HalfAsync(Socket socket, TaskCompletionSource sent, CancellationToken ct)
    {
        await socket.SendAsync(RawServer.Answer(Created[..400], length: Created.Length), ct);
        sent.SetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
    }

    private static async Task<IntacctException> AssertInDoubtAsync(WiredIntacct intacct)
    {
        var failure = await intacct.FailureAsync();
        Assert.Equal((IntacctFailure.OutcomeUnknown, true), (failure.Failure, failure.OutcomeUnknown));
        return failure;
    }

    /// <summary>
    /// Logs in at the first request and leaves the others to the test. Ids count, so the login's control id is known.
    /// </summary>
    private static RawServer Serving(Func<Socket, CancellationToken, Task> answer)
    {
        RawServer? server = null;
        server = new RawServer(
            (number, socket, ct) =>
                number == 1 ? LoginAsync(socket, server!.Address.ToString(), ct) : answer(socket, ct)
        );
        return server;
    }

    private static Task LoginAsync(Socket socket, string endpoint, CancellationToken ct) =>
        SendAsync(socket, RawServer.Answer(Answers.Login("id-000001", Some.SessionId, endpoint)), ct);

    private static async Task SendAsync(Socket socket, byte[] bytes, CancellationToken ct) =>
        await socket.SendAsync(bytes, ct);

    private static Task ResetAsync(Socket socket)
    {
        RawServer.Reset(socket);
        return Task.CompletedTask;
    }

    private static byte[] Compressed(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(body);
        var head =
            $"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Encoding: gzip\r\nContent-Length: "
            + $"{packed.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. packed.ToArray()];
    }

    private static Uri Unused()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }
}
