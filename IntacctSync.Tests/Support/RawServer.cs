using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace IntacctSync.Tests.Support;

/// <summary>
/// A server of bare sockets on loopback, for what no HTTP server would do: it reads a request to its end and leaves the
/// answer to the test.
/// </summary>
public sealed class RawServer : IAsyncDisposable
{
    private readonly LoopbackListener _listener;
    private readonly Func<int, Socket, CancellationToken, Task> _answer;
    private int _requests;

    /// <param name="answer">Gets the number of the request, from 1, and its socket, which stays open as long as it is
    /// connected.</param>
    public RawServer(Func<int, Socket, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener = new LoopbackListener(ServeAsync);
        Address = new Uri(
            $"http://127.0.0.1:{_listener.Port.ToString(CultureInfo.InvariantCulture)}/ia/xml/xmlgw.phtml"
        );
    }

    public Uri Address { get; }

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>A whole answer; with a longer length than it has, a broken one.</summary>
    public static byte[] Answer(
        string body,
        string status = "200 OK",
        string headers = "Content-Type: text/xml\r\n",
        int? length = null
    )
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status}\r\n{headers}Content-Length: {length ?? bytes.Length}\r\n\r\n"
        );
        return [.. Encoding.ASCII.GetBytes(head), .. bytes];
    }

    /// <summary>Ends the connection with a reset rather than in order.</summary>
    public static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(Socket socket, CancellationToken cancellationToken)
    {
        while (await ReadRequestAsync(socket, cancellationToken))
            await _answer(Interlocked.Increment(ref _requests), socket, cancellationToken);
    }

    private async Task<bool> ReadRequestAsync(Socket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[65536];
        var text = "";
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer, cancellationToken);
            if (read == 0)
                return false;
            text += Encoding.Latin1.GetString(buffer, 0, read);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0)
                continue;
            var header = text[..end]
                .Split("\r\n")
                .Single(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            if (text.Length >= end + 4 + int.Parse(header["Content-Length:".Length..], CultureInfo.InvariantCulture))
                return true;
        }
    }
}
