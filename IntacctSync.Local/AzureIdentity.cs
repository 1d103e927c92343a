using Azure.Core;
using Azure.Identity;

namespace IntacctSync.Local;

/// <summary>
/// The identity that signs in to Azure: the managed identity of the machine, or the person who is signed in there
/// (Azure CLI, Visual Studio, environment).
/// </summary>
internal static class AzureIdentity
{
    private static readonly Lazy<TokenCredential> Default = new(() => new DefaultAzureCredential());

    public static TokenCredential Credential => Default.Value;
}
