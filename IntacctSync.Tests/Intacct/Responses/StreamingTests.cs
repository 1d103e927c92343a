using System.Globalization;
using System.Text;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Remote;

namespace IntacctSync.Tests.Intacct.Responses;

public sealed class StreamingTests
{
    [Fact]
    public async Task A_page_of_two_thousand_records_costs_little_more_than_its_values()
    {
        var small = await AllocatedAsync(200);
        var large = await AllocatedAsync(2000);
        // 20 fields of about 15 characters: parsing alone costs 2.5 KB of it, and a document tree of it would cost more
        // than 4 KB.
        var perRecord = (large - small) / 1800;
        Assert.InRange(perRecord, 1, 4000);
    }

    [Fact]
    public async Task A_text_in_very_many_pieces_costs_no_more_than_its_length()
    {
        var one = await AllocatedAsync(Pieces(50_000));
        var two = await AllocatedAsync(Pieces(100_000));
        Assert.InRange((double)two / one, 1.5, 2.5);
    }

    [Fact]
    public async Task An_answer_of_very_many_tiny_elements_is_refused_before_it_fills_the_memory()
    {
        var tiny = Encoding.UTF8.GetBytes(
            Answers.Operation(
                Answers.Success("q", $"<data><A>{string.Concat(Enumerable.Repeat("<b/>", 8_000_000))}</A></data>")
            )
        );
        using var body = new MemoryStream(tiny);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var failure = await Assert.ThrowsAsync<BodyTooLongException>(() =>
            ResponseReader.ReadAsync(body, CancellationToken.None)
        );
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 256L * 1024 * 1024);
        Assert.Contains("2000000 fields", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("results")]
    [InlineData("unknown names")]
    [InlineData("names in an unknown element")]
    [InlineData("names in an unknown element of a result")]
    public async Task What_no_record_holds_is_counted_too(string of)
    {
        var names = new StringBuilder();
        for (var i = 0; i <= FieldAllowance.Most && of != "results"; i++)
            names.Append(CultureInfo.InvariantCulture, $"<a{i}/>");
        using var body = new MemoryStream(
            Encoding.UTF8.GetBytes(
                Answers.Operation(
                    of switch
                    {
                        "results" => string.Concat(Enumerable.Repeat("<result/>", 100_000)),
                        "unknown names" => names.ToString(),
                        "names in an unknown element" => $"<unknown>{names}</unknown>",
                        _ => Answers.Success("q", $"<unknown>{names}</unknown>"),
                    }
                )
            )
        );
        await Assert.ThrowsAsync<BodyTooLongException>(() => ResponseReader.ReadAsync(body, CancellationToken.None));
    }

    [Fact]
    public async Task An_element_that_is_not_known_is_passed_with_all_that_it_holds()
    {
        const string unknown = "<unknown a=\"1\"><b>x</b><c/><unknown>y</unknown></unknown><unknown/>";
        using var body = new MemoryStream(
            Encoding.UTF8.GetBytes(
                Answers.Operation(unknown + Answers.Success("q", unknown + "<key>7</key>") + Answers.Success("r"))
            )
        );
        var document = await ResponseReader.ReadAsync(body, CancellationToken.None);
        Assert.Equal([("q", "7"), ("r", null)], document.Results.Select(r => (r.ControlId, r.Key)));
    }

    [Fact]
    public async Task Records_are_read_while_the_answer_is_still_coming()
    {
        var page = Page(2000);
        using var body = new EndlessAfter(page, page.Length / 2);
        var failure = await Assert.ThrowsAsync<IOException>(() =>
            ResponseReader.ReadAsync(body, CancellationToken.None)
        );
        Assert.Equal("cut", failure.Message);
        Assert.InRange(body.LargestRead, 1, 64 * 1024);
    }

    private static async Task<long> AllocatedAsync(int records)
    {
        using var warm = new MemoryStream(Page(10));
        await ResponseReader.ReadAsync(warm, CancellationToken.None);
        using var body = new MemoryStream(Page(records));
        // A memory stream answers at once, so all of it runs on this thread.
        var before = GC.GetAllocatedBytesForCurrentThread();
        var document = await ResponseReader.ReadAsync(body, CancellationToken.None);
        var after = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(records, document.Results[0].Records.Count);
        Assert.Equal("value 1 of 7", document.Results[0].Records[7]["FIELD1"]);
        return after - before;
    }

    private static async Task<long> AllocatedAsync(byte[] answer)
    {
        using var body = new MemoryStream(answer);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var document = await ResponseReader.ReadAsync(body, CancellationToken.None);
        var after = GC.GetAllocatedBytesForCurrentThread();
        Assert.StartsWith("x<y>x<y>", document.Results[0].Records[0]["MEMO"], StringComparison.Ordinal);
        return after - before;
    }

    private static byte[] Pieces(int count) =>
        Encoding.UTF8.GetBytes(
            Answers.Operation(
                Answers.Success(
                    "q",
                    "<data><CUSTOMER><MEMO>"
                        + string.Concat(Enumerable.Repeat("x<![CDATA[<y>]]>", count))
                        + "</MEMO></CUSTOMER></data>"
                )
            )
        );

    private static byte[] Page(int records)
    {
        var text = new StringBuilder();
        for (var i = 0; i < records; i++)
        {
            text.Append("<CUSTOMER>");
            for (var f = 0; f < 20; f++)
                text.Append(CultureInfo.InvariantCulture, $"<FIELD{f}>value {f} of {i}</FIELD{f}>");
            text.Append("</CUSTOMER>");
        }

        return Encoding.UTF8.GetBytes(
            Answers.Operation(
                Answers.Success("q", $"<data listtype=\"CUSTOMER\" count=\"{records}\">{text}</data>", "query")
            )
        );
    }

    /// <summary>Breaks off after some bytes, and notes how much is asked for at a time.</summary>
    private sealed class EndlessAfter(byte[] bytes, int end) : MemoryStream(bytes, 0, end)
    {
        public int LargestRead { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            LargestRead = Math.Max(LargestRead, buffer.Length);
            return Position == Length ? throw new IOException("cut") : base.ReadAsync(buffer, cancellationToken);
        }
    }
}
