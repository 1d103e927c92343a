using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Access;

/// <summary>Who calls, as far as the network tells.</summary>
/// <param name="Place">By what callers are told apart: an address of IPv4, or the half of one of IPv6 that names a
/// network, since one host has all of the other half.</param>
/// <param name="Text">The address for people, with the one that a proxy names.</param>
internal sealed record Caller(string Place, string Text)
{
    private const int NetworkBytes = 8;

    public static Caller Of(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address)
            return new Caller("unknown", "an unknown address");
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var last = http.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim();

        // What is no address is not repeated: anybody can send anything.
        var text = IPEndPoint.TryParse(last, out var named) ? $"{named.Address} by way of {address}" : $"{address}";
        return new Caller(
            address.AddressFamily == AddressFamily.InterNetworkV6
                ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes))
                : address.ToString(),
            text
        );
    }
}
