using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace IntacctSync.Tests.Support;

/// <summary>A whole mail server on loopback, with TLS and a sign-in; it keeps what it is given.</summary>
public sealed class MailServer : IAsyncDisposable
{
    public const string User = "sync";
    public const string Password = "canary-mail";

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private MailServer(int port, Task running, CancellationTokenSource stop, ConcurrentQueue<string> mails) =>
        (Port, _running, _stop, Mails) = (port, running, stop, mails);

    public int Port { get; }

    /// <summary>The letters, headers and all.</summary>
    public ConcurrentQueue<string> Mails { get; }

    /// <param name="certificate">Without one it offers no encryption.</param>
    /// <param name="tlsFirst">Whether TLS begins with the first byte.</param>
    /// <param name="signIn">Whether it takes letters of <see cref="User"/> only.</param>
    public static MailServer Start(X509Certificate2? certificate = null, bool tlsFirst = false, bool signIn = false)
    {
        for (var attempt = 1; ; attempt++)
        {
            var mails = new ConcurrentQueue<string>();
            var stop = new CancellationTokenSource();
            var port = FreePort();
            var options = new SmtpServerOptionsBuilder().ServerName("localhost");
            options.Endpoint(e =>
            {
                e.Endpoint(new IPEndPoint(IPAddress.Loopback, port)).IsSecure(tlsFirst).AuthenticationRequired(signIn);
                if (certificate is not null)
                    e.Certificate(certificate);
            });
            var services = new ServiceProvider();
            services.Add(new Keeping(mails));
            services.Add(new DelegatingUserAuthenticator((user, password) => (user, password) == (User, Password)));
            var running = new SmtpServer.SmtpServer(options.Build(), services).StartAsync(stop.Token);

            // It listens before it returns; a port that was taken meanwhile ends it at once.
            if (!running.IsFaulted)
                return new MailServer(port, running, stop, mails);
            stop.Dispose();
            if (attempt == 5)
                throw new InvalidOperationException("No port is free.", running.Exception);
        }
    }

    /// <summary>Trusts what this authority issued, for the name that was called.</summary>
    public static RemoteCertificateValidationCallback Trusting(X509Certificate2 authority) =>
        (_, shown, _, problems) =>
        {
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(authority);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            return !problems.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
                && chain.Build((X509Certificate2)shown!);
        };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private sealed class Keeping(ConcurrentQueue<string> mails) : MessageStore
    {
        public override Task<SmtpResponse> SaveAsync(
            ISessionContext context,
            IMessageTransaction transaction,
            ReadOnlySequence<byte> buffer,
            CancellationToken cancellationToken
        )
        {
            mails.Enqueue(Encoding.UTF8.GetString(buffer));
            return Task.FromResult(SmtpResponse.Ok);
        }
    }
}
