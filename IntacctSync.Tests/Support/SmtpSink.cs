using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace IntacctSync.Tests.Support;

/// <summary>
/// A mail server on loopback that keeps what it is given, and refuses or hangs up where the test says so.
/// </summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly LoopbackListener _listener;
    private readonly Channel<SunkMail> _arrivals = Channel.CreateUnbounded<SunkMail>();

    public SmtpSink() => _listener = new LoopbackListener(TalkAsync);

    public int Port => _listener.Port;

    public ConcurrentQueue<SunkMail> Mails { get; } = new();

    public ConcurrentQueue<string> Commands { get; } = new();

    /// <summary>
    /// The answer to a command; null for the usual one, empty to hang up. A whole letter is asked about as <c>.</c>.
    /// </summary>
    public Func<string, string?> Answer { get; set; } = _ => null;

    /// <summary>What is offered in the answer to EHLO.</summary>
    public IReadOnlyList<string> Offers { get; set; } = ["8BITMIME"];

    /// <summary>The next letter that nobody has asked for, as soon as it is there.</summary>
    public async Task<SunkMail> NextAsync(CancellationToken cancellationToken) =>
        await _arrivals.Reader.ReadAsync(cancellationToken);

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task TalkAsync(Socket socket, CancellationToken cancellationToken)
    {
        await using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await SayAsync(stream, "220 sink", cancellationToken);
        var (from, to) = ("", new List<string>());
        while (await reader.ReadLineAsync(cancellationToken) is { } command)
        {
            Commands.Enqueue(command);
            var scripted = Answer(command);
            if (scripted == "")
                return;
            await SayAsync(stream, scripted ?? Usual(command), cancellationToken);
            if (scripted is not null)
                continue;
            if (command.StartsWith("QUIT", StringComparison.Ordinal))
                return;
            if (command.StartsWith("MAIL FROM:", StringComparison.Ordinal))
                (from, to) = (command, []);
            else if (command.StartsWith("RCPT TO:", StringComparison.Ordinal))
                to.Add(command[8..].Trim('<', '>', ' '));
            else if (command == "DATA" && !await TakeAsync(reader, stream, from, to, cancellationToken))
                return;
        }
    }

    private async Task<bool> TakeAsync(
        StreamReader reader,
        NetworkStream stream,
        string from,
        List<string> to,
        CancellationToken cancellationToken
    )
    {
        var letter = new StringBuilder();
        while (await reader.ReadLineAsync(cancellationToken) is { } line && line != ".")
            letter.Append(line).Append("\r\n");
        var answer = Answer(".");
        if (answer is null)
            Keep(new SunkMail(from, to, letter.ToString()));
        if (answer != "")
            await SayAsync(stream, answer ?? "250 taken", cancellationToken);
        return answer != "";
    }

    private void Keep(SunkMail mail)
    {
        Mails.Enqueue(mail);
        _arrivals.Writer.TryWrite(mail);
    }

    private string Usual(string command) =>
        command switch
        {
            _ when command.StartsWith("EHLO", StringComparison.Ordinal) => string.Join(
                "\r\n",
                ["250-sink", .. Offers.SkipLast(1).Select(o => "250-" + o), "250 " + Offers[^1]]
            ),
            "DATA" => "354 go on",
            _ when command.StartsWith("QUIT", StringComparison.Ordinal) => "221 bye",
            _ => "250 ok",
        };

    private async Task SayAsync(NetworkStream stream, string line, CancellationToken cancellationToken) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), cancellationToken);
}
