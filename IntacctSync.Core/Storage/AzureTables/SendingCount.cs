using Azure.Core;
using Azure.Core.Pipeline;

namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>
/// How often the request of one call was sent. More than once means that an earlier sending had no answer or a failure,
/// so that the last answer may tell of what an earlier one did.
/// </summary>
internal sealed class SendingCount
{
    private const string Name = "IntacctSync.Sendings";

    private int _sendings;

    public bool Repeated => _sendings > 1;

    /// <summary>Counts the requests that are sent in this flow of control until it is disposed of.</summary>
    public IDisposable Begin() =>
        HttpPipeline.CreateHttpMessagePropertiesScope(
            new Dictionary<string, object?>(StringComparer.Ordinal) { [Name] = this }
        );

    /// <summary>Stands behind the pipeline's retries, where it sees each try.</summary>
    public sealed class Policy : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message)
        {
            if (message.TryGetProperty(Name, out var property) && property is SendingCount count)
                count._sendings++;
        }
    }
}
