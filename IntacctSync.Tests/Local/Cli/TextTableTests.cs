using IntacctSync.Local.Cli;

namespace IntacctSync.Tests.Local.Cli;

public sealed class TextTableTests
{
    [Fact]
    public void Columns_fit_the_width_and_no_line_ends_in_blanks()
    {
        var lines = TextTable.Lines(
            ["flow", "count", "why"],
            [
                ["organizations", "12", "The e-mail address is not valid; Intacct refuses customers with it."],
                ["x", "1,000", ""],
            ],
            60
        );
        Assert.All(lines, line => Assert.True(line.Length <= 60, line));
        Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
        Assert.Equal("flow           count  why", lines[0]);
        Assert.Equal("x              1,000", lines[^1]);
        Assert.StartsWith("organizations     12  The e-mail", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_is_never_broken()
    {
        var word = new string('w', 50);
        Assert.Equal(["a", word, "b"], TextTable.Wrap($"a {word} b", 20));
        var lines = TextTable.Lines(
            ["one", "two"],
            [
                ["x", word],
            ],
            30
        );
        Assert.Contains(lines, line => line.Contains(word, StringComparison.Ordinal));
    }

    [Fact]
    public void A_head_of_several_words_takes_several_lines_before_a_cell_does()
    {
        var lines = TextTable.Lines(
            ["flow", "needs you", "last looked at"],
            [
                ["upflow-credit-notes", "0", "2026-02-03 14:05"],
            ],
            44
        );
        Assert.Equal("upflow-credit-notes      0  2026-02-03 14:05", lines[^1]);
        Assert.All(lines, line => Assert.True(line.Length <= 44, line));
    }

    [Fact]
    public void A_line_end_inside_a_cell_breaks_no_row() =>
        Assert.Equal(
            ["a  b", "1  x y"],
            TextTable.Lines(
                ["a", "b"],
                [
                    ["1", "x\r\ny"],
                ],
                80
            )
        );
}
