using IntacctSync.Core.Storage.Sqlite;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Storage.Sqlite;

public sealed class SqliteSnapshotTests : IDisposable
{
    private static readonly string[] Schema = ["CREATE TABLE IF NOT EXISTS numbers (number INTEGER PRIMARY KEY)"];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Two_files_are_copied_as_they_stood_at_one_moment()
    {
        using var first = new SqliteFile(_folder.File("a.db"), 1, Schema, TimeSpan.FromSeconds(10));
        using var second = new SqliteFile(_folder.File("b.db"), 1, Schema, TimeSpan.FromSeconds(10));
        using var a = first.OpenWriter();
        using var b = second.OpenWriter();
        using var enough = new CancellationTokenSource();
        var written = Task.Run(
            () =>
            {
                for (var i = 1; !enough.IsCancellationRequested; i++)
                {
                    a.Execute("INSERT INTO numbers VALUES (?1)", i);
                    b.Execute("INSERT INTO numbers VALUES (?1)", i);
                }
            },
            CancellationToken.None
        );
        for (var copy = 0; copy < 20; copy++)
        {
            var (toA, toB) = (_folder.File($"a{copy}.db"), _folder.File($"b{copy}.db"));
            SqliteSnapshot.Copy([(first.Path, toA), (second.Path, toB)]);
            Assert.InRange(Last(toA) - Last(toB), 0, 1);
        }

        await enough.CancelAsync();
        await written;
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused()
    {
        File.WriteAllText(_folder.File("x.db"), new string('x', 5000));
        Assert.Throws<SqliteFaultException>(() => SqliteSnapshot.Check(_folder.File("x.db")));
    }

    public void Dispose() => _folder.Dispose();

    private static long Last(string path)
    {
        using var database = new SqliteDatabase(path, TimeSpan.Zero);
        return database.Integer("SELECT max(number) FROM numbers") ?? 0;
    }
}
