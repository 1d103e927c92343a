using System.Net;
using System.Text.RegularExpressions;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Web.Console;

/// <summary>
/// A browser without a window: keeps cookies, follows nothing, and sends a form with the token of the last page.
/// </summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false };
    private readonly HttpClient _client;

    public Visitor(Uri address)
    {
        _client = new StubClients(_handler).CreateClient("");
        _client.BaseAddress = address;
    }

    /// <summary>The token of the forms of the last page that had any.</summary>
    public string? Token { get; set; }

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }

    /// <summary>Goes on without its cookies.</summary>
    public void ForgetCookies()
    {
        foreach (Cookie cookie in _handler.CookieContainer.GetAllCookies())
            cookie.Expired = true;
    }

    public Task<SeenPage> GetAsync(string path, Action<HttpRequestMessage>? change = null) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), change);

    public Task<SeenPage> PostAsync(
        string path,
        IEnumerable<(string Name, string Value)> fields,
        Action<HttpRequestMessage>? change = null
    )
    {
        var sent = fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).ToList();
        if (Token is not null)
            sent.Add(KeyValuePair.Create("_token", Token));
        return SendAsync(
            new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(sent) },
            change
        );
    }

    private async Task<SeenPage> SendAsync(HttpRequestMessage request, Action<HttpRequestMessage>? change)
    {
        change?.Invoke(request);
        using (request)
        {
            using var response = await _client.SendAsync(request, CancellationToken.None);
            var html = await response.Content.ReadAsStringAsync(CancellationToken.None);
            if (TokenField().Match(html) is { Success: true } match)
                Token = match.Groups["token"].Value;
            return new SeenPage(
                (int)response.StatusCode,
                html,
                response.Headers.Location?.OriginalString,
                response.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [],
                response.Headers.ToDictionary(
                    h => h.Key,
                    h => string.Join(", ", h.Value),
                    StringComparer.OrdinalIgnoreCase
                )
            );
        }
    }

    [GeneratedRegex("name=\"_token\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TokenField();
}

/// <summary>A page that came back.</summary>
internal sealed record SeenPage(
    int Status,
    string Html,
    string? Location,
    IReadOnlyList<string> Cookies,
    IReadOnlyDictionary<string, string> Headers
)
{
    /// <summary>What a person reads: without marks, and with each run of blanks as one.</summary>
    public string Text =>
        Regex.Replace(
            WebUtility.HtmlDecode(Regex.Replace(Html, "<[^>]*>", " ", RegexOptions.None, TimeSpan.FromSeconds(5))),
            @"\s+",
            " ",
            RegexOptions.None,
            TimeSpan.FromSeconds(5)
        );

    public SeenPage Is(int status)
    {
        Assert.True(Status == status, $"Expected {status}, was {Status}: {Text}");
        return this;
    }

    public SeenPage Says(string text)
    {
        Assert.Contains(text, Text, StringComparison.Ordinal);
        return this;
    }
}
