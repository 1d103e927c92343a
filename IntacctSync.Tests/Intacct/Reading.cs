using System.Net;
using System.Text.RegularExpressions;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Intacct;

/// <summary>What the client made of an answer: results, or one failure.</summary>
internal sealed record Reading(IntacctResponse? Response, IntacctException? Failure)
{
    public FunctionResult Only => Assert.Single(Response!.Results);

    /// <summary>Plays the answer to a request for the very functions that the answer names.</summary>
    public static async Task<Reading> OfAsync(string xml, HttpStatusCode status)
    {
        using var stand = new IntacctStand().LoggedIn();
        stand.Gateway.Then(xml, status);
        // A session that is not known is asked for once more, with a new one.
        if (xml.Contains("Invalid session", StringComparison.Ordinal))
            stand.LoggedIn().Gateway.Then(xml, status);
        try
        {
            return new Reading(
                await stand.Client.SendAsync(
                    Some.IntacctCredentials(),
                    Functions(xml),
                    uniqueId: false,
                    CancellationToken.None
                ),
                null
            );
        }
        catch (IntacctException e)
        {
            return new Reading(null, e);
        }
    }

    private static List<IntacctFunction> Functions(string xml)
    {
        var named = Regex
            .Matches(xml, @"<function>([^<]+)</function>(?:\s*<controlid>([^<]+)</controlid>)?")
            .Select(m => new IntacctFunction(
                new ControlId(m.Groups[2].Success ? m.Groups[2].Value : "no-id"),
                m.Groups[1].Value,
                "<noop/>"
            ))
            .DistinctBy(f => f.ControlId)
            .ToList();
        return named.Count > 0 ? named : [new IntacctFunction(new ControlId("no-id"), "create", "<noop/>")];
    }
}
