using System.Net;
using System.Net.Sockets;
using IntacctSync.Local.Settings;

namespace IntacctSync.Local;

/// <summary>Where the HTTP API is served.</summary>
internal static class HostAddress
{
    private const string Key = "urls";

    /// <summary>
    /// Looks at the addresses before anything is started. The server would find out as well, and end with a stack
    /// trace.
    /// </summary>
    /// <param name="urls">Joined by ';'; null where others keys say where to serve.</param>
    /// <exception cref="WrongSettingsException">One is no address, or its port is taken.</exception>
    public static void Check(string? urls)
    {
        var lines = (urls ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(Objection)
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

    private static string? Objection(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            if (address.Scheme is not ("http" or "https"))
                return $"{Key} is '{url}'; allowed is an http or https address such as {LocalApp.DefaultUrl}.";
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
            return $"{Key} is '{url}'; allowed is an http or https address such as {LocalApp.DefaultUrl}.";
        }
        catch (SocketException e)
        {
            return $"{Key} is '{url}'; allowed is an address of this machine with a port that is free ({e.Message}): "
                + $"end the other program, or give another one with --urls.";
        }
    }
}
