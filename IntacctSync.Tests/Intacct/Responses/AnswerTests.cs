using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Intacct.Responses;

public sealed class AnswerTests
{
    private static readonly string Fixtures = RepositoryFiles.Tests("Intacct", "Fixtures");

    private static readonly string[] Names = [.. AnswerExpectations.All.Keys.Order(StringComparer.Ordinal)];

    public static TheoryData<string> Files => new(Names);

    [Theory]
    [MemberData(nameof(Files))]
    public Task An_answer_of_each_shape_is_read_to_the_right_result_or_cause(string file) => HoldsAsync(Fixtures, file);

    [RecordedTheory]
    [MemberData(nameof(Files))]
    public Task A_recorded_answer_is_read_to_the_right_result_or_cause(string file) =>
        HoldsAsync(RecordedTheoryAttribute.Folder!, file);

    [Fact]
    public void Every_fixture_has_its_expectation() =>
        Assert.Equal(
            Names,
            Directory.GetFiles(Fixtures, "*.xml").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal),
            StringComparer.Ordinal
        );

    private static async Task HoldsAsync(string folder, string file)
    {
        var (status, holds) = AnswerExpectations.All[file];
        holds(await Reading.OfAsync(await File.ReadAllTextAsync(Path.Combine(folder, file)), status));
    }
}
