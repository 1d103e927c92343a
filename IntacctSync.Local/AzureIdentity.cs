using Azure.Core;
using Azure.Identity;

namespace IntacctSync.Local;

/// <summary>
/// As whom Azure is entered: the managed identity of the machine, or whoever is signed in there (Azure CLI, Visual
/// Studio, environment).
/// </summary>
internal static class AzureIdentity
{
    private static readonly Lazy<TokenCredential> Default = new(() => new DefaultAzureCredential());

    public static TokenCredential Credential => Default.Value;
}
