using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>Signs every try with the account's key.</summary>
/// <remarks>The form for the table service is of learn.microsoft.com, "Authorize with Shared Key".</remarks>
internal sealed class SharedKeyPolicy(string account, byte[] key, TimeProvider time) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        var date = time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        request.Headers.SetValue("x-ms-date", date);
        request.Headers.TryGetValue("Content-Type", out var type);
        request.Headers.TryGetValue("Content-MD5", out var digest);
        var signed = $"{request.Method}\n{digest}\n{type}\n{date}\n/{account}{request.Uri.ToUri().AbsolutePath}";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed)));
        request.Headers.SetValue("Authorization", $"SharedKey {account}:{signature}");
    }
}
