using System.Net;
using System.Text;
using System.Text.Json;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;

namespace IntacctSync.Tests.Remote;

public sealed class BoundedJsonTests
{
    /// <summary>How often the bytes of an answer it may cost to read it.</summary>
    private const int Most = 10;

    [Theory]
    [InlineData("0,")]
    [InlineData("{},")]
    [InlineData("[],")]
    [InlineData("{\"a\":[1]},")]
    [InlineData("\"x\",")]
    [InlineData("{\"organization_uid\":\"u-1\",\"custom_fields\":[{\"label\":\"a\",\"value\":\"b\"}]},")]
    [InlineData("{\"organization_uid\":\"u-1\",\"organization_description\":\"FILL\"},")]
    public async Task An_answer_at_the_limit_costs_no_more_than_ten_times_its_bytes(string item)
    {
        var answer = Answer(item.Replace("FILL", new string('x', 4000), StringComparison.Ordinal));
        using var body = new MemoryStream(answer);

        // A memory stream answers at once, so all of it runs on this thread.
        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = await BoundedBody.ReadAsync(body, ZuperClient.MaxBodyBytes, CancellationToken.None);
        var isRead = IsRead(read);
        var cost = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(cost, 1, (long)Most * answer.Length);
        Assert.Equal(Values(item) <= BoundedJson.MostValues, isRead);
    }

    [Fact]
    public void As_many_values_as_are_taken_are_read_and_one_more_is_refused()
    {
        // The list itself begins and ends.
        Assert.Equal(
            BoundedJson.MostValues - 1,
            BoundedJson.Parse(Numbers(BoundedJson.MostValues - 1)).GetArrayLength()
        );
        var failure = Assert.Throws<BodyTooLongException>(() => BoundedJson.Parse(Numbers(BoundedJson.MostValues)));
        Assert.Contains("longer than 2000000 values", failure.Message, StringComparison.Ordinal);
    }

    private static bool IsRead(ReadOnlyMemory<byte> body)
    {
        try
        {
            return ZuperAnswer.Of(HttpStatusCode.OK, body.Span, null).Shape == ZuperShape.Json;
        }
        catch (BodyTooLongException)
        {
            return false;
        }
    }

    private static byte[] Numbers(int count) =>
        Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat('1', count))}]");

    /// <summary>Just under the most bytes that are read.</summary>
    private static byte[] Answer(string item)
    {
        const string head = "{\"type\":\"success\",\"data\":[";
        var text = new StringBuilder(head, ZuperClient.MaxBodyBytes);
        while (text.Length + item.Length < ZuperClient.MaxBodyBytes - 10)
            text.Append(item);
        return Encoding.UTF8.GetBytes(text.Append("null]}").ToString());
    }

    private static int Values(string item)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($"[{item}null]").AsSpan());
        var tokens = 0;
        while (reader.Read())
            tokens++;
        return item.Contains("FILL", StringComparison.Ordinal)
            ? tokens
            : (tokens - 3) * (ZuperClient.MaxBodyBytes / item.Length);
    }
}
