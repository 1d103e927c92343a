using System.ComponentModel.DataAnnotations;

namespace IntacctSync.Core.Remote;

/// <summary>Checks an address of the settings against the list of hosts that calls may go to. Pure.</summary>
internal static class HostRules
{
    /// <summary>A line where the list can't be read; else one where it does not permit the address.</summary>
    /// <param name="listKey">The key of the list.</param>
    /// <param name="list">The list.</param>
    /// <param name="addressKey">The key of the address.</param>
    /// <param name="address">The address. If the text is no address, it has a line of its own already.</param>
    public static IEnumerable<ValidationResult> Check(string listKey, string list, string addressKey, string? address)
    {
        if (Problem(list) is { } problem)
            yield return new($"{listKey}: found '{list}'. {problem}");
        else if (
            Uri.TryCreate(address, UriKind.Absolute, out var parsed)
            && parsed.Scheme is "http" or "https"
            && HostAllowList.Parse(list).Objection(parsed) is { } objection
        )
            yield return new($"{addressKey}: {objection} The list is {listKey}.");
    }

    private static string? Problem(string list)
    {
        try
        {
            HostAllowList.Parse(list);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }
}
