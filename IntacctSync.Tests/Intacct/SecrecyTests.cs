using System.Net;
using IntacctSync.Core.Intacct;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Tests.Intacct;

/// <summary>Canaries stand for the secrets; they may reach Intacct and nothing else.</summary>
public sealed class SecrecyTests : IDisposable
{
    private static readonly string[] Canaries = [Some.SenderPassword, Some.UserPassword, Some.SessionId];

    private readonly IntacctStand _stand = new IntacctStand().LoggedIn();

    [Fact]
    public async Task No_secret_reaches_a_log_line_an_exception_or_a_text()
    {
        var told = new List<string> { Some.IntacctCredentials().ToString(), $"{Some.CreateFunction()}" };
        _stand.Gateway.Then(Answers.Operation(Answers.Success("is-1")));
        await _stand.Client.SendAsync(
            Some.IntacctCredentials(),
            [Some.CreateFunction()],
            uniqueId: true,
            CancellationToken.None
        );
        foreach (
            var (body, status) in new[]
            {
                (
                    Answers.ControlFailure("XL03000006", "Incorrect Intacct XML Partner ID or password."),
                    HttpStatusCode.OK
                ),
                (Answers.ControlFailure("GW-0011", "Invalid Request"), HttpStatusCode.BadRequest),
                ($"<html>{Some.SenderPassword} {Some.SessionId}</html>", HttpStatusCode.BadGateway),
                ($"<{Some.SessionId}", HttpStatusCode.OK),
            }
        )
        {
            _stand.Gateway.Then(body, status);
            told.Add((await _stand.FailureAsync()).ToString());
        }

        _stand.Gateway.ThenThrow(new HttpRequestException("broken"));
        told.Add((await _stand.FailureAsync()).ToString());
        told.AddRange(_stand.Log.Lines.Select(l => l.Text));
        Assert.Contains(_stand.Gateway.Bodies, b => Canaries.Any(c => b.Contains(c, StringComparison.Ordinal)));
        Assert.All(
            told,
            text => Assert.All(Canaries, canary => Assert.DoesNotContain(canary, text, StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_trace_shows_the_request_with_its_secrets_hidden()
    {
        _stand.Gateway.Then(Answers.Operation(Answers.Success("is-1")));
        await _stand.Client.SendAsync(
            Some.IntacctCredentials(),
            [Some.CreateFunction(name: "Pier & Co")],
            uniqueId: true,
            CancellationToken.None
        );
        var trace = Assert.Single(_stand.Log.Lines, l => l.Level == LogLevel.Trace).Text;
        Assert.Contains("<sessionid>***</sessionid>", trace, StringComparison.Ordinal);
        Assert.Contains("<NAME>Pier &amp; Co</NAME>", trace, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "<a><password>x</password><b c=\"1\">t</b><LOGIN><Password><deep>x</deep></Password></LOGIN><d/></a>",
        "<a><password>***</password><b c=\"1\">t</b><LOGIN><Password>***</Password></LOGIN><d /></a>"
    )]
    [InlineData("<a>x", "(4 characters that are not XML)")]
    [InlineData("secret", "(6 characters that are not XML)")]
    public void Secrets_are_hidden_by_the_names_of_their_elements(string xml, string shown) =>
        Assert.Equal(shown, Redaction.Of(xml));

    [Fact]
    public async Task A_refusal_is_logged_with_its_support_id_and_without_the_data()
    {
        _stand.Gateway.Then(
            Answers.Operation(
                Answers.Failure("is-1", "BL34000061", "Another Contact already exists [Support ID: ab%7Ecd]")
            )
        );
        await _stand.Client.SendAsync(
            Some.IntacctCredentials(),
            [Some.CreateFunction(name: "Private Name")],
            uniqueId: true,
            CancellationToken.None
        );
        var lines = _stand.Log.Lines.Where(l => l.Level > LogLevel.Trace).Select(l => l.Text).ToList();
        Assert.Contains(
            lines,
            l =>
                l.Contains("ab~cd", StringComparison.Ordinal)
                && l.Contains("BL34000061", StringComparison.Ordinal)
                && l.Contains("is-1", StringComparison.Ordinal)
        );
        Assert.All(lines, l => Assert.DoesNotContain("Private Name", l, StringComparison.Ordinal));
    }

    public void Dispose() => _stand.Dispose();
}
