using IntacctSync.Core.KeyMap;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.KeyMap;

public sealed class InstallationTests
{
    [Fact]
    public async Task Two_first_calls_at_once_agree_on_one_id()
    {
        await using var stand = new StoreStand();
        var all = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => new Installation(stand.Table, stand.Ids).IdAsync(CancellationToken.None))
        );
        Assert.Single(all.Distinct(StringComparer.Ordinal));
        Assert.Equal(all[0], await new Installation(stand.Table, stand.Ids).IdAsync(CancellationToken.None));
    }

    [Fact]
    public async Task One_that_comes_second_takes_the_id_of_the_first()
    {
        await using var stand = new StoreStand();
        string? first = null;
        var second = new Installation(
            new InterposedTable(
                stand.Table,
                async (_, token) => first = await new Installation(stand.Table, stand.Ids).IdAsync(token)
            ),
            stand.Ids
        );
        Assert.Equal(await second.IdAsync(CancellationToken.None), first);
    }
}
