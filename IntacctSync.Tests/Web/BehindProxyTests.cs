using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using IntacctSync.Tests.Local.Sandbox;
using IntacctSync.Tests.Support;
using IntacctSync.Web.Access;

namespace IntacctSync.Tests.Web;

/// <summary>
/// Strangers who come through a proxy on this machine: to the host they look like callers of this machine, by its name,
/// with no header that says otherwise.
/// </summary>
public static class BehindProxyTests
{
    private const string AsProxiesCall =
        "DELETE /api/connections/acme?purge=true HTTP/1.1\r\nHost: 127.0.0.1:5080\r\nConnection: close\r\n\r\n";

    public sealed class Outside_the_sandbox : ApiTest
    {
        protected override OperationsAccess Access => new("the-operations-key", WithoutKey.Refuse);

        [Fact]
        public async Task A_proxy_that_leaves_no_sign_opens_nothing() =>
            Assert.StartsWith("HTTP/1.1 401 ", await RawAsync(Address, AsProxiesCall), StringComparison.Ordinal);

        [NginxFact]
        public async Task Nginx_with_a_bare_proxy_pass_opens_nothing() =>
            Assert.Contains(" 401 ", await ThroughNginxAsync(Address), StringComparison.Ordinal);
    }

    public sealed class In_the_sandbox : ApiTest
    {
        [NginxFact]
        public async Task Nginx_with_a_bare_proxy_pass_is_refused() =>
            Assert.Contains(" 403 ", await ThroughNginxAsync(Address), StringComparison.Ordinal);
    }

    private static async Task<string> ThroughNginxAsync(Uri host)
    {
        using var folder = new TemporaryFolder();
        var port = FreePort();
        await File.WriteAllTextAsync(
            folder.File("nginx.conf"),
            $$"""
            daemon off; master_process off; error_log stderr; pid {{folder.File("pid")}};
            events {}
            http {
              access_log off;
              client_body_temp_path {{folder.File("b")}}; proxy_temp_path {{folder.File("p")}};
              fastcgi_temp_path {{folder.File("f")}}; uwsgi_temp_path {{folder.File("u")}};
              scgi_temp_path {{folder.File("s")}};
              server { listen 127.0.0.1:{{port}}; location / { proxy_pass {{host}}; } }
            }
            """
        );
        using var nginx = Process.Start(
            new ProcessStartInfo(NginxFactAttribute.Program!, ["-p", folder.Path, "-c", folder.File("nginx.conf")])
            {
                RedirectStandardError = true,
            }
        )!;
        try
        {
            var answer = "";
            await Polling.UntilAsync(
                async () =>
                {
                    try
                    {
                        answer = await RawAsync(new Uri($"http://127.0.0.1:{port}/"), AsProxiesCall);
                    }
                    catch (SocketException)
                    {
                        // It has not begun to listen.
                    }

                    return answer.Length > 0;
                },
                () => "nginx gave no answer."
            );
            return answer.Split("\r\n")[0];
        }
        finally
        {
            nginx.Kill();
            await nginx.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<string> RawAsync(Uri host, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host.Host, host.Port, CancellationToken.None);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), CancellationToken.None);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(CancellationToken.None);
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>A test that needs nginx, and is skipped where there is none.</summary>
public sealed class NginxFactAttribute : FactAttribute
{
    public NginxFactAttribute()
    {
        if (Program is null)
            Skip =
                "No nginx on this machine (Debian: apt-get install nginx-light); its bare proxy_pass is played by "
                + "the test beside this one.";
    }

    public static string? Program { get; } =
        new[]
        {
            "/usr/sbin/nginx",
            "/usr/bin/nginx",
            "/usr/local/sbin/nginx",
            "/opt/homebrew/bin/nginx",
        }.FirstOrDefault(File.Exists);
}
