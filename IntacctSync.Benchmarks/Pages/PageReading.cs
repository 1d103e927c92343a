using System.Xml.Linq;
using BenchmarkDotNet.Attributes;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Benchmarks.Pages;

/// <summary>
/// From the bytes of a page to records whose fields can be asked for: as a stream, and by way of a document tree.
/// </summary>
public class PageReading
{
    public const int Records = 2000;

    private readonly byte[] _page = SamplePage.Of(Records);

    [Benchmark]
    public async Task<int> AsStream()
    {
        using var body = new MemoryStream(_page);
        var document = await ResponseReader.ReadAsync(body, CancellationToken.None);
        return Checked(document.Results[0].Records);
    }

    /// <summary>
    /// What a client without a streaming reader does; it neither cleans the text nor limits the depth.
    /// </summary>
    [Benchmark(Baseline = true)]
    public async Task<int> ByDocument()
    {
        using var body = new MemoryStream(_page);
        var document = await XDocument.LoadAsync(body, LoadOptions.None, CancellationToken.None);
        var data = document.Root!.Element("operation")!.Element("result")!.Element("data")!;
        return Checked([
            .. data.Elements()
                .Select(record => new IntacctRecord(
                    record.Name.LocalName,
                    [.. record.Elements().Select(field => new IntacctField(field.Name.LocalName, field.Value))]
                )),
        ]);
    }

    private static int Checked(IReadOnlyList<IntacctRecord> records) =>
        records.Count == Records && records[7]["DISPLAYCONTACT.EMAIL1"] == "value 4 of 7"
            ? records.Count
            : throw new InvalidOperationException("The page was not read as it was written.");
}
