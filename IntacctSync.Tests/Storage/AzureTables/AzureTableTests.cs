using System.Net;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;
using IntacctSync.Core.Storage.AzureTables;
using IntacctSync.Tests.Support.Azurite;

namespace IntacctSync.Tests.Storage.AzureTables;

[Collection(AzuriteTests.Name)]
public sealed class AzureTableTests : IDisposable
{
    private readonly LossyHandler _wire = new();
    private readonly AzureTable _table;
    private readonly AzureTable _other;

    public AzureTableTests(AzuriteFixture fixture)
    {
        var name = $"t{new GuidIdSource(TimeProvider.System).NewId()}";
        _table = fixture.Azurite.Table(name, _wire);
        _other = fixture.Azurite.Table(name);
    }

    public void Dispose() => _wire.Dispose();

    [Theory]
    [InlineData("insert")]
    [InlineData("replace")]
    [InlineData("upsert")]
    public async Task A_write_whose_answer_was_lost_is_no_conflict_with_itself(string kind)
    {
        var first = await WriteAsync(TableWrite.Insert(Row("old", "zero")));
        _wire.LoseNextAnswer();
        var etag = await WriteAsync(
            kind switch
            {
                "insert" => TableWrite.Insert(Row("new", "one")),
                "replace" => TableWrite.Replace(Row("old", "one"), first),
                _ => TableWrite.Upsert(Row("old", "one")),
            }
        );
        var stored = (await _other.GetAsync("p", kind == "insert" ? "new" : "old", CancellationToken.None))!;
        Assert.Equal(("one", etag), (stored.Text("Text"), stored.ETag));
    }

    [Fact]
    public async Task A_delete_whose_answer_was_lost_has_happened()
    {
        var etag = await WriteAsync(TableWrite.Insert(Row("a", "one")));
        _wire.LoseNextAnswer();
        Assert.Equal("", await WriteAsync(TableWrite.Delete("p", "a", etag)));
        Assert.Null(await _other.GetAsync("p", "a", CancellationToken.None));
    }

    [Fact]
    public async Task A_batch_whose_answer_was_lost_is_no_conflict_with_itself()
    {
        var gone = await WriteAsync(TableWrite.Insert(Row("gone", "zero")));
        _wire.LoseNextAnswer();
        var etags = await _table.WriteBatchAsync(
            [
                TableWrite.Delete("p", "gone", gone),
                TableWrite.Insert(Row("a", "one")),
                TableWrite.Upsert(Row("b", "one")),
            ],
            CancellationToken.None
        );
        var rows = (await _other.QueryAsync(new TableRange("p"), null, 10, CancellationToken.None)).Rows;
        Assert.Equal(["", .. rows.Select(row => row.ETag)], etags);
    }

    [Fact]
    public async Task A_write_that_was_lost_on_its_way_is_a_conflict_if_another_wrote_the_same_words_meanwhile()
    {
        var etag = await WriteAsync(TableWrite.Insert(Row("count", "4")));
        _wire.Once(async _ =>
        {
            await _other.WriteAsync(TableWrite.Replace(Row("count", "5"), etag), CancellationToken.None);
            throw new HttpRequestException("the connection was reset");
        });
        await Assert.ThrowsAsync<TableConflictException>(() => WriteAsync(TableWrite.Replace(Row("count", "5"), etag)));
    }

    [Fact]
    public async Task A_batch_that_was_lost_on_its_way_is_refused_if_another_took_a_row_meanwhile()
    {
        await WriteAsync(TableWrite.Insert(Row("x", "")));
        _wire.Once(async _ =>
        {
            await _other.WriteAsync(TableWrite.Insert(Row("b", "theirs")), CancellationToken.None);
            throw new HttpRequestException("the connection was reset");
        });
        var refused = await Assert.ThrowsAsync<TableConflictException>(() =>
            _table.WriteBatchAsync(
                [TableWrite.Insert(Row("a", "mine")), TableWrite.Insert(Row("b", "theirs"))],
                CancellationToken.None
            )
        );
        Assert.Equal((1, "b"), (refused.Index, refused.RowKey));
        Assert.Null(await _other.GetAsync("p", "a", CancellationToken.None));
    }

    [Fact]
    public async Task A_batch_removes_what_is_there_of_many_and_still_names_the_row_that_refuses()
    {
        await WriteAsync(TableWrite.Insert(Row("there", "")));
        await WriteAsync(TableWrite.Insert(Row("taken", "")));
        TableWrite[] removals =
        [
            TableWrite.DeleteIfThere("p", "no1"),
            TableWrite.DeleteIfThere("p", "there"),
            TableWrite.DeleteIfThere("p", "no2"),
        ];
        var refused = await Assert.ThrowsAsync<TableConflictException>(() =>
            _table.WriteBatchAsync([.. removals, TableWrite.Insert(Row("taken", "mine"))], CancellationToken.None)
        );
        Assert.Equal((3, "taken"), (refused.Index, refused.RowKey));
        Assert.NotNull(await _other.GetAsync("p", "there", CancellationToken.None));
        Assert.Equal(["", "", ""], await _table.WriteBatchAsync(removals, CancellationToken.None));
        Assert.Null(await _other.GetAsync("p", "there", CancellationToken.None));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task A_busy_service_is_asked_again(HttpStatusCode busy)
    {
        _wire.Once(_ => Task.FromResult(new HttpResponseMessage(busy)));
        await WriteAsync(TableWrite.Insert(Row("a", "one")));
        Assert.NotNull(await _other.GetAsync("p", "a", CancellationToken.None));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, "503")]
    [InlineData(HttpStatusCode.Forbidden, "Storage Table Data Contributor")]
    public async Task A_service_that_stays_unusable_is_said_to_be_so(HttpStatusCode status, string says)
    {
        _wire.Instead = (_, _) => Task.FromResult(new HttpResponseMessage(status));
        var unavailable = await Assert.ThrowsAsync<TableUnavailableException>(() =>
            WriteAsync(TableWrite.Insert(Row("a", "one")))
        );
        Assert.Contains(says, unavailable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_unavailable_and_its_address_is_named()
    {
        _wire.Instead = (_, _) => throw new HttpRequestException("nobody listens");
        var unavailable = await Assert.ThrowsAsync<TableUnavailableException>(() =>
            _table.GetAsync("p", "a", CancellationToken.None)
        );
        Assert.Contains("http://127.0.0.1:", unavailable.Message, StringComparison.Ordinal);
        Assert.Contains("nobody listens", unavailable.Message, StringComparison.Ordinal);
        Assert.Equal(3, _wire.Requests);
    }

    private static TableRow Row(string rowKey, string text) =>
        new("p", rowKey, new Dictionary<string, object?>(StringComparer.Ordinal) { ["Text"] = text });

    private Task<string> WriteAsync(TableWrite write) => _table.WriteAsync(write, CancellationToken.None);
}
