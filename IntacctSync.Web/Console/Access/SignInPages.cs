using IntacctSync.Core.Secrets;
using IntacctSync.Web.Access;
using IntacctSync.Web.Answers;
using IntacctSync.Web.Console.Pages;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Console.Access;

/// <summary>Signing in with the admin key, and out.</summary>
internal sealed class SignInPages(OperationsAccess access, ConsoleCookies cookies, WrongKeys wrongKeys)
{
    private const string Home = "/console";

    public IResult Show(HttpContext http)
    {
        var to = Target(http.Request.Query["to"]);
        return string.IsNullOrEmpty(access.ApiKey) || cookies.IsSignedIn(http)
            ? new SeeOther(to)
            : Page(new SignInModel(to, null));
    }

    public async Task<IResult> SignInAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var form = await Form.ReadAsync(http, cancellationToken);
        var to = Target(form["to"]);
        if (string.IsNullOrEmpty(access.ApiKey))
            return new SeeOther(to);

        // The right key is taken however many wrong ones came before: see the gate of the operations.
        if (SecretMatch.IsSame(form["key"] ?? "", access.ApiKey))
        {
            cookies.SignIn(http);
            return new SeeOther(to);
        }

        if (wrongKeys.Wait(http) is not { } wait)
            return Page(new SignInModel(to, "That is not the admin key."), StatusCodes.Status401Unauthorized);
        http.Response.Headers.RetryAfter = RetryAfter.Seconds(wait);
        return Page(
            new SignInModel(to, $"Too many wrong keys came from here. Wait {RetryAfter.Seconds(wait)} seconds."),
            StatusCodes.Status429TooManyRequests
        );
    }

    public static IResult SignOut(HttpContext http)
    {
        ConsoleCookies.SignOut(http);
        return new SeeOther(ConsoleGate.SignInPath);
    }

    private static PageResult Page(SignInModel model, int status = StatusCodes.Status200OK) =>
        PageResult.Of<SignInPage>("Sign in", model, status);

    /// <summary>Only a page of the console: an address of elsewhere would make this page a trap.</summary>
    private static string Target(string? to) =>
        to is not null
        && (to == Home || to.StartsWith(Home + "/", StringComparison.Ordinal))
        && !to.StartsWith(ConsoleGate.SignInPath, StringComparison.Ordinal)
        && !to.Any(c => c is '\\' or < ' ' or > '~')
            ? to
            : Home;
}

/// <summary>What the page of the sign-in shows.</summary>
/// <param name="To">Where to go afterwards.</param>
/// <param name="Error">What is wrong; null at first.</param>
public sealed record SignInModel(string To, string? Error);
