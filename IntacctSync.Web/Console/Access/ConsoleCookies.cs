using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IntacctSync.Web.Access;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Console.Access;

/// <summary>
/// What a browser keeps for the console: that somebody signed in with the admin key, and what makes the tokens of
/// forms. Nothing is kept on the server, so every instance takes what another one gave.
/// </summary>
/// <remarks>
/// The proof of a sign-in is signed with a key that is derived from the admin key: a new admin key ends all sign-ins.
/// The derivation is slow on purpose, since a stolen cookie must not help to guess the admin key.
/// </remarks>
internal sealed class ConsoleCookies(OperationsAccess access, TimeProvider time)
{
    public const string SessionName = "intacctsync-session";
    public const string FormName = "intacctsync-form";
    public static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(12);

    private const string Path = "/console";
    private const int NonceBytes = 24;
    private const int KeyBytes = 32;
    private const int Rounds = 210_000;

    private readonly Lazy<byte[]> _key = new(() => Derive(access.ApiKey));

    public bool IsSignedIn(HttpContext http) =>
        http.Request.Cookies.TryGetValue(SessionName, out var cookie) && IsValid(cookie);

    public void SignIn(HttpContext http)
    {
        var until = (time.GetUtcNow() + SessionLifetime).ToUnixTimeSeconds();
        var text = string.Create(CultureInfo.InvariantCulture, $"{until}.{Random()}");
        http.Response.Cookies.Append(SessionName, $"{text}.{Sign(text)}", Options(http, SessionLifetime));

        // What forms are made with changes too, so that nothing from before the sign-in counts after it.
        http.Response.Cookies.Append(FormName, Random(), Options(http, null));
    }

    public static void SignOut(HttpContext http)
    {
        http.Response.Cookies.Delete(SessionName, Options(http, null));
        http.Response.Cookies.Delete(FormName, Options(http, null));
    }

    /// <summary>
    /// The token that every form of this answer carries; the cookie that it belongs to is given if need be.
    /// </summary>
    public static string TokenFor(HttpContext http)
    {
        if (http.Items[FormName] is string made)
            return TokenOf(made, Session(http));
        if (!http.Request.Cookies.TryGetValue(FormName, out var nonce) || string.IsNullOrEmpty(nonce))
        {
            nonce = Random();
            http.Items[FormName] = nonce;
            http.Response.Cookies.Append(FormName, nonce, Options(http, null));
        }

        return TokenOf(nonce, Session(http));
    }

    public static bool IsTokenOf(HttpContext http, string? token) =>
        token is { Length: > 0 }
        && http.Request.Cookies.TryGetValue(FormName, out var nonce)
        && !string.IsNullOrEmpty(nonce)
        && AreEqual(token, TokenOf(nonce, Session(http)));

    private static string Session(HttpContext http) => http.Request.Cookies[SessionName] ?? "";

    private static string TokenOf(string nonce, string session) =>
        Text(HMACSHA256.HashData(Encoding.UTF8.GetBytes(nonce), Encoding.UTF8.GetBytes("form " + session)));

    private bool IsValid(string cookie)
    {
        var end = cookie.LastIndexOf('.');
        return end > 0
            && AreEqual(cookie[(end + 1)..], Sign(cookie[..end]))
            && long.TryParse(
                cookie[..end].Split('.')[0],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var until
            )
            && DateTimeOffset.FromUnixTimeSeconds(until) > time.GetUtcNow();
    }

    private string Sign(string text) => Text(HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes(text)));

    private static byte[] Derive(string? adminKey) =>
        string.IsNullOrEmpty(adminKey)
            ? RandomNumberGenerator.GetBytes(KeyBytes)
            : Rfc2898DeriveBytes.Pbkdf2(
                adminKey,
                "IntacctSync console"u8.ToArray(),
                Rounds,
                HashAlgorithmName.SHA256,
                KeyBytes
            );

    private static bool AreEqual(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private static string Random() => Text(RandomNumberGenerator.GetBytes(NonceBytes));

    private static string Text(byte[] bytes) =>
        Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_').TrimEnd('=');

    /// <summary>
    /// Behind a proxy that ends https the proxy says so; a caller that says it falsely only gets stricter cookies.
    /// </summary>
    private static CookieOptions Options(HttpContext http, TimeSpan? lifetime) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure =
                http.Request.IsHttps
                || http.Request.Headers["X-Forwarded-Proto"]
                    .ToString()
                    .StartsWith("https", StringComparison.OrdinalIgnoreCase),
            Path = Path,
            MaxAge = lifetime,
            IsEssential = true,
        };
}
