using Azure.Core;
using Azure.Identity;

namespace IntacctSync.Functions;

/// <summary>
/// The identity that signs in to Azure: the app's managed identity (the one that <c>AZURE_CLIENT_ID</c> names), or the
/// person who is signed in on a developer's machine.
/// </summary>
internal static class AzureIdentity
{
    private static readonly Lazy<TokenCredential> Default = new(() => new DefaultAzureCredential());

    public static TokenCredential Credential => Default.Value;
}
