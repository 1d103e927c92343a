using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Zuper.Sample;

namespace IntacctSync.Local.Sandbox;

/// <summary>What a person calls a record of the sandbox, even if the pipeline does not know the record.</summary>
internal static class SampleNames
{
    public static string Of(KeyMapEntry entry) => Of(entry.Key.Flow, entry.Key.SourceId, entry.Title);

    public static string Of(FlowName flow, string sourceId, string? title) =>
        Name(flow, sourceId) switch
        {
            null => title ?? sourceId,
            var name when flow == ZuperFlows.Invoices && title is not null => $"{title} ({name})",
            var name => title ?? name,
        };

    private static string? Name(FlowName flow, string sourceId) =>
        flow == ZuperFlows.Organizations ? ZuperSample.Organizations.GetValueOrDefault(sourceId)?.Name
        : flow == ZuperFlows.Customers ? ZuperSample.Customers.GetValueOrDefault(sourceId)?.Name
        : flow == ZuperFlows.Invoices ? ZuperSample.Invoices.GetValueOrDefault(sourceId)?.Title
        : null;
}
