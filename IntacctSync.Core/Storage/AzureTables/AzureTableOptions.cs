using Azure.Core;
using Azure.Data.Tables;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>How calls to Azure Tables are tried again, after throttling, a 5xx answer or no answer.</summary>
public sealed class AzureTableOptions : TableClientOptions
{
    public AzureTableOptions()
    {
        Retry.Mode = RetryMode.Exponential;
        Retry.MaxRetries = 4;
        Retry.Delay = TimeSpan.FromMilliseconds(400);
        Retry.MaxDelay = TimeSpan.FromSeconds(10);
        Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        AddPolicy(new AzureRetryLimit(), HttpPipelinePosition.PerRetry);
        Diagnostics.IsLoggingContentEnabled = false;
        Diagnostics.ApplicationId = "IntacctSync";
    }

    /// <summary>3 to 63 letters and digits; made when first written to.</summary>
    public string Table { get; set; } = "intacctsync";
}
