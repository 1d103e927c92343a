using FsCheck;
using FsCheck.Fluent;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Domain;

public sealed class ControlIdTests
{
    /// <summary>
    /// Worked out by another program: a change of it would repeat or orphan writes that are under way.
    /// </summary>
    [Fact]
    public void A_known_write_has_a_known_id() =>
        Assert.Equal(
            "is-3N1XH4NPF8GMJCB2N4SN3VVPKRTZ650V6Q3HPHF0",
            ControlId.For("install-1", Some.Now, Some.Key("org-1"), "create", 7).Value
        );

    [Fact]
    public void Every_part_makes_another_id()
    {
        var other = new SyncKey(ConnectionId.Parse("other"), ZuperFlows.Organizations, "org-1");
        ControlId[] ids =
        [
            ControlId.For("install-1", Some.Now, Some.Key("org-1"), "create", 1),
            ControlId.For("install-1", Some.Now.AddTicks(1), Some.Key("org-1"), "create", 1),
            ControlId.For("install-2", Some.Now, Some.Key("org-1"), "create", 1),
            ControlId.For("install-1", Some.Now, Some.Key("org-2"), "create", 1),
            ControlId.For("install-1", Some.Now, Some.Key("org-1"), "update", 1),
            ControlId.For("install-1", Some.Now, Some.Key("org-1"), "create", 2),
            ControlId.For("install-1", Some.Now, other, "create", 1),
            ControlId.For(
                "install-1",
                Some.Now,
                other with
                {
                    Connection = Some.ConnectionId,
                    Flow = ZuperFlows.Customers,
                },
                "create",
                1
            ),
        ];
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void Two_writes_have_one_id_only_when_they_are_the_same_write() =>
        Check.QuickThrowOnFailure(
            Prop.ForAll<NonNegativeInt, NonNegativeInt, bool>(
                (one, two, update) =>
                {
                    var (first, second) = (Id("create", one.Get), Id(update ? "update" : "create", two.Get));
                    return first.Value.Length == 43 && (first == second) == (!update && one.Get == two.Get);
                }
            )
        );

    private static ControlId Id(string operation, long counter) =>
        ControlId.For("install-1", Some.Now, Some.Key("org-1"), operation, counter);
}
