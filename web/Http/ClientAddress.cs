using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Workflows.Web.Http;

/// <summary>Says how a host learns who asks.</summary>
/// <param name="IsForwarded">
/// True where the platform in front of the host is the only one that reaches it and adds the caller's address as the
/// last of <c>X-Forwarded-For</c>. Elsewhere the header is whatever the caller wrote, and is not looked at.
/// </param>
public sealed record Callers(bool IsForwarded = false);

/// <summary>Who asks, for counting: an IPv4 address, or the /64 network of an IPv6 address, which one customer has whole.</summary>
internal static class ClientAddress
{
    private const int NetworkBytes = 8;

    public static string Of(HttpContext http) =>
        Network((http.Get<Callers>().IsForwarded ? Forwarded(http) : null) ?? http.Connection.RemoteIpAddress);

    private static IPAddress? Forwarded(HttpContext http)
    {
        var last = http.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim();
        return IPEndPoint.TryParse(last, out var end) ? end.Address : null;
    }

    private static string Network(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, NetworkBytes))
            : address.ToString();
    }
}
