using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace IntacctSync.Tests.Support;

/// <summary>A server of bare sockets on loopback, for what no HTTP server would do: it reads a request to its end and leaves the answer to the test.</summary>
public sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<int, Socket, CancellationToken, Task> _answer;
    private readonly Task _running;
    private int _requests;

    /// <param name="answer">Gets the number of the request, from 1, and its socket, which stays open as long as it is connected.</param>
    public RawServer(Func<int, Socket, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}/ia/xml/xmlgw.phtml");
        _running = AcceptAsync();
    }

    public Uri Address { get; }

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>A whole answer; with a longer length than it has, a broken one.</summary>
    public static byte[] Answer(string body, string status = "200 OK", string headers = "Content-Type: text/xml\r\n", int? length = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var head = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status}\r\n{headers}Content-Length: {length ?? bytes.Length}\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. bytes];
    }

    /// <summary>Ends the connection with a reset rather than in order.</summary>
    public static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _running;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
                connections.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Stopped: between two connections the listener says so by an InvalidOperationException, disposed or not.
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var connection = socket;
        try
        {
            while (await ReadRequestAsync(connection))
                await _answer(Interlocked.Increment(ref _requests), connection, _stop.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The other side, or the test, ended it.
        }
    }

    private async Task<bool> ReadRequestAsync(Socket socket)
    {
        var buffer = new byte[65536];
        var text = "";
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer, _stop.Token);
            if (read == 0)
                return false;
            text += Encoding.Latin1.GetString(buffer, 0, read);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0)
                continue;
            var header = text[..end].Split("\r\n").Single(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            if (text.Length >= end + 4 + int.Parse(header["Content-Length:".Length..], CultureInfo.InvariantCulture))
                return true;
        }
    }
}
