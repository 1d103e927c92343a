namespace IntacctSync.Simulators.Intacct.Gateway;

/// <summary>Pages that come instead of XML.</summary>
internal static class HtmlPages
{
    public static string Plain(int status, string title) =>
        $"<html><head><title>{status} {title}</title></head><body><center><h1>{status} {title}</h1></center>"
        + $"<hr></body></html>";

    public static string Cloudflare(int status, string title) =>
        $"<!DOCTYPE html><html lang=\"en-US\"><head><title>api.intacct.com | {status}: {title}</title></head><body>"
        + "<div id=\"cf-wrapper\"><div id=\"cf-error-details\" class=\"p-0\">"
        + $"<header><h1><span>{title}</span> <span>Error code {status}</span></h1></header></div></div></body></html>";
}
