using FsCheck;
using FsCheck.Fluent;
using IntacctSync.Core.Storage;

namespace IntacctSync.Tests.Storage;

public sealed class TableKeyPropertyTests
{
    private static readonly Arbitrary<string> AnyText = ArbMap
        .Default.ArbFor<char>()
        .Generator.Or(
            Gen.Elements('|', '~', '/', '\\', '#', '?', '%', ' ', '0', '7', 'C', 'é', '\uD83D', '\uDEE0', '\0')
        )
        .ArrayOf()
        .Select(c => new string(c))
        .ToArbitrary();

    [Fact]
    public void Different_parts_have_different_keys() =>
        Check.QuickThrowOnFailure(
            Prop.ForAll(
                AnyText,
                AnyText,
                AnyText,
                (a, b, c) =>
                    (TableKey.Join(a, b) == TableKey.Join(a, c)) == (b == c)
                    && (a.Length == 0 || TableKey.Join(a + b, c) != TableKey.Join(b, c))
            )
        );

    [Fact]
    public void A_key_holds_only_what_a_store_takes() =>
        Check.QuickThrowOnFailure(
            Prop.ForAll(
                AnyText,
                AnyText,
                (a, b) =>
                {
                    var key = TableKey.Join(a, b);
                    return key.Length <= 401
                        && key.All(c => c is > ' ' and <= '~' and not ('/' or '\\' or '#' or '?'))
                        && key.Count(c => c == '|') == 1;
                }
            )
        );
}
