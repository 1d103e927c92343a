using System.Security;
using System.Text.RegularExpressions;
using IntacctSync.Tests.Intacct;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Web;

/// <summary>A far end at which Intacct has each customer that it is asked for by its id.</summary>
internal static partial class EchoedCustomers
{
    public static IHttpClientFactory Clients() => new StubClients(new StubHandler { Otherwise = Answer });

    private static HttpResponseMessage Answer(string request)
    {
        var controlId = Answers.ControlIdOf(request);
        if (request.Contains("<getAPISession", StringComparison.Ordinal))
            return StubHandler.Answer(
                Answers.Login(controlId, Some.SessionId, "https://na12.intacct.com/ia/xml/xmlgw.phtml")
            );
        var id = SecurityElement.Escape(Keys().Match(request).Groups["keys"].Value);
        return StubHandler.Answer(
            Answers.Operation(
                Answers.Success(
                    controlId,
                    "<data listtype=\"customer\" count=\"1\"><CUSTOMER><RECORDNO>1</RECORDNO>"
                        + $"<CUSTOMERID>{id}</CUSTOMERID><NAME>Harbor</NAME></CUSTOMER></data>",
                    "readByName"
                )
            )
        );
    }

    [GeneratedRegex("<keys>(?<keys>[^<]*)</keys>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Keys();
}
