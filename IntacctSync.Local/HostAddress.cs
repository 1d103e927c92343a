using System.Net;
using System.Net.Sockets;
using IntacctSync.Local.Settings;

namespace IntacctSync.Local;

/// <summary>Where the HTTP API is served.</summary>
internal static class HostAddress
{
    /// <summary>
    /// Checks the addresses before anything is started. The server would refuse a wrong one as well, but with a stack
    /// trace.
    /// </summary>
    /// <param name="setting">The value of <c>urls</c>, or where that is not set of <c>http_ports</c> and
    /// <c>https_ports</c>; each holds several, joined by ';'.</param>
    /// <exception cref="WrongSettingsException">One is no address, or its port is taken.</exception>
    public static void Check(Func<string, string?> setting)
    {
        var urls = Parts(setting, WebHostDefaults.ServerUrlsKey).Select(u => Objection("urls", u, u)).ToList();
        var lines = (
            urls.Count > 0
                ? urls
                : new[] { WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey }.SelectMany(key =>
                    Parts(setting, key).Select(port => Objection(key, port, $"http://*:{port}"))
                )
        )
            .OfType<string>()
            .ToList();
        if (lines.Count > 0)
            throw new WrongSettingsException(lines);
    }

    /// <summary>Where callers on this machine reach the host.</summary>
    /// <param name="addresses">What the server is bound to, such as <c>http://[::]:5080</c>.</param>
    /// <returns>The first one, plain http before https; a wildcard is replaced by loopback.</returns>
    public static Uri ForCallersHere(IEnumerable<string> addresses)
    {
        var chosen = addresses.OrderBy(a => a.StartsWith("https", StringComparison.OrdinalIgnoreCase)).First();
        foreach (var wildcard in new[] { "://[::]", "://0.0.0.0", "://+", "://*" })
            chosen = chosen.Replace(wildcard, "://127.0.0.1", StringComparison.Ordinal);
        return new Uri(chosen.TrimEnd('/') + "/");
    }

    private static string[] Parts(Func<string, string?> setting, string key) =>
        (setting(key) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string? Objection(string key, string found, string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            if (address.Scheme is not ("http" or "https"))
                return $"{key} is '{found}'; allowed is an http or https address such as {LocalApp.DefaultUrl}.";
            if (address.Port is < IPEndPoint.MinPort or > IPEndPoint.MaxPort)
                return $"{key} is '{found}'; allowed is a port from 1 to 65535, or 0 for any that is free.";
            var host =
                IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) ? ip
                : address.Host == "localhost" ? IPAddress.Loopback
                : IPAddress.Any;
            using var probe = new TcpListener(host, address.Port);
            probe.Start();
            return null;
        }
        catch (FormatException)
        {
            return $"{key} is '{found}'; allowed is "
                + (key == "urls" ? $"an http or https address such as {LocalApp.DefaultUrl}." : "a port, or several.");
        }
        catch (SocketException e)
        {
            return $"{key} is '{found}'; allowed is an address of this machine with a port that is free ({e.Message}): "
                + $"end the other program, or give another one with --urls.";
        }
    }
}
