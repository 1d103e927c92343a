using IntacctSync.Simulators;

namespace IntacctSync.Tests.Simulators.Intacct;

public class FaultRulesTests
{
    private static readonly KeyValuePair<string, string>[] Facts =
    [
        new("object", "CUSTOMER"),
        new("object", "CONTACT"),
        new("function", "create"),
    ];

    [Fact]
    public void A_rule_skips_then_fires_so_many_times()
    {
        var rules = new FaultRules(["x"]);
        rules.Add(
            new FaultRule
            {
                Fault = "x",
                Skip = 2,
                Times = 2,
            }
        );

        Assert.Equal(
            [false, false, true, true, false],
            Enumerable.Range(0, 5).Select(_ => rules.Take(["x"], Facts) is not null)
        );
        Assert.Empty(rules.Rules);
    }

    [Fact]
    public void Zero_times_is_without_end()
    {
        var rules = new FaultRules(["x"]);
        rules.Add(new FaultRule { Fault = "x", Times = 0 });

        Assert.All(Enumerable.Range(0, 50), _ => Assert.NotNull(rules.Take(["x"], Facts)));
    }

    [Theory]
    [InlineData("object", "contact", true)]
    [InlineData("object", "ITEM", false)]
    [InlineData("nothing", "x", false)]
    public void A_match_holds_where_one_value_of_that_name_is_equal(string name, string value, bool holds)
    {
        var rules = new FaultRules(["x"]);
        rules.Add(
            new FaultRule
            {
                Fault = "x",
                Match = new Dictionary<string, string> { [name] = value, ["function"] = "create" },
            }
        );

        Assert.Equal(holds, rules.Take(["x"], Facts) is not null);
    }

    [Fact]
    public void A_rule_waits_for_the_moment_that_is_its_own()
    {
        var rules = new FaultRules(["before", "after"]);
        rules.Add(new FaultRule { Fault = "after" });

        Assert.Null(rules.Take(["before"], Facts));
        Assert.NotNull(rules.Take(["after"], Facts));
    }

    [Fact]
    public void Probability_draws_the_same_for_the_same_seed()
    {
        static List<bool> Draw()
        {
            var rules = new FaultRules(["x"], seed: 7);
            rules.Add(
                new FaultRule
                {
                    Fault = "x",
                    Times = 0,
                    Probability = 0.3,
                }
            );
            return [.. Enumerable.Range(0, 200).Select(_ => rules.Take(["x"], Facts) is not null)];
        }

        Assert.Equal(Draw(), Draw());
        Assert.InRange(Draw().Count(fired => fired), 30, 90);
    }

    [Fact]
    public void A_rule_that_is_wrong_is_refused_and_leaves_the_others()
    {
        var rules = new FaultRules(["x"]);
        rules.Add(new FaultRule { Fault = "x" });

        Assert.Throws<ArgumentException>(() => rules.Set([new FaultRule { Fault = "y" }]));
        Assert.Throws<ArgumentException>(() => rules.Add(new FaultRule { Fault = "x", Probability = 2 }));
        Assert.Single(rules.Rules);
    }
}
