using System.Text.RegularExpressions;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Intacct;

/// <summary>Answers as Intacct shapes them.</summary>
internal static partial class Answers
{
    public static string Operation(
        string results,
        string? timeout = "2026-03-02T11:00:00+00:00",
        string now = "2026-03-02T09:00:00+00:00"
    ) =>
        $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <response><control><status>success</status><senderid>harbor_ws</senderid><controlid>x</controlid><uniqueid>true</uniqueid><dtdversion>3.0</dtdversion></control>
            <operation><authentication><status>success</status><userid>api_user</userid><companyid>Harbor-Dental</companyid><locationid/><sessiontimestamp>{now}</sessiontimestamp>{(
                timeout is null ? "" : $"<sessiontimeout>{timeout}</sessiontimeout>"
            )}</authentication>{results}</operation></response>
            """;

    public static string Success(string controlId, string inside = "", string function = "create") =>
        $"<result><status>success</status><function>{function}</function>"
        + $"<controlid>{controlId}</controlid>{inside}</result>";

    public static string Failure(string controlId, string number, string text, string function = "create") =>
        $"<result><status>failure</status><function>{function}</function>"
        + $"<controlid>{controlId}</controlid>{Errors(number, text)}</result>";

    public static string Errors(string number, string text) =>
        $"<errormessage><error><errorno>{number}</errorno><description/><description2>{text}</description2>"
        + $"<correction/></error></errormessage>";

    public static string AuthenticationFailure(string text) =>
        $"<response><control><status>success</status></control><operation><authentication>"
        + $"<status>failure</status><userid/><companyid/>"
        + $"</authentication>{Errors("XL03000006", text)}</operation></response>";

    public static string ControlFailure(string number, string text) =>
        $"<response><control><status>failure</status></control>{Errors(number, text)}</response>";

    /// <summary>Answers a query with records, whatever the control id it was asked under.</summary>
    public static string Page(string request, string records, int count, int remaining, string name = "CUSTOMER") =>
        Operation(
            Success(
                ControlIdOf(request),
                $"<data listtype=\"{name}\" totalcount=\"{count + remaining}\" offset=\"0\" count=\"{count}\" "
                    + $"numremaining=\"{remaining}\">{records}</data>",
                "query"
            )
        );

    public static string ControlIdOf(string request) => FunctionControlId().Match(request).Groups[1].Value;

    public static async Task<HttpResponseMessage> LoginAsync(
        HttpRequestMessage request,
        string sessionId,
        string endpoint,
        string? timeout
    )
    {
        var body = await request.Content!.ReadAsStringAsync();
        Assert.Contains("<getAPISession", body, StringComparison.Ordinal);
        return StubHandler.Answer(Login(ControlIdOf(body), sessionId, endpoint, timeout));
    }

    public static string Login(
        string controlId,
        string sessionId,
        string endpoint,
        string? timeout = "2026-03-02T11:00:00+00:00"
    ) =>
        Operation(
            Success(
                controlId,
                $"<data><api><sessionid>{sessionId}</sessionid><endpoint>{endpoint}</endpoint><locationid/>"
                    + $"</api></data>",
                "getAPISession"
            ),
            timeout
        );

    [GeneratedRegex("<function controlid=\"([^\"]+)\"")]
    private static partial Regex FunctionControlId();
}
