using IntacctSync.Core.Zuper.Organizations;

namespace IntacctSync.Tests.Zuper.Organizations;

public sealed class CustomerMatchTests
{
    private static readonly Dictionary<string, string> NoLinks = new(StringComparer.Ordinal);

    [Fact]
    public void One_free_customer_is_adopted() =>
        Assert.Equal(("org-1", "C-1"), Adopted(Judge(NoLinks, By("org-1", MatchKind.Name, "C-1"))));

    [Fact]
    public void Two_candidates_need_a_person_and_both_are_named()
    {
        var problem = Needed(Judge(NoLinks, By("org-1", MatchKind.Email, "C-2", "C-1")));
        Assert.Equal("customer-ambiguous", problem.Code);
        Assert.Contains("C-1, C-2", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_customer_that_is_linked_to_another_record_is_no_candidate()
    {
        var links = new Dictionary<string, string>(StringComparer.Ordinal) { ["C-1"] = "org-9" };
        Assert.Equal(("org-1", "C-2"), Adopted(Judge(links, By("org-1", MatchKind.Name, "c-1", "C-2"))));
        var apart = Assert.IsType<CustomerMatch.Apart>(Judge(links, By("org-1", MatchKind.Name, "c-1")));
        Assert.Contains("c-1", apart.Why, StringComparison.Ordinal);
        Assert.Contains("org-9", apart.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_customer_that_another_record_in_Zuper_matches_as_well_goes_to_neither()
    {
        var problem = Needed(Judge(NoLinks, By("org-1", MatchKind.Email, "C-1") with { Namesakes = ["org-2"] }));
        Assert.Equal("customer-contested", problem.Code);
        Assert.Equal(["org-1", "org-2"], problem.Records);
    }

    [Fact]
    public void A_customer_that_is_linked_to_the_record_itself_is_still_its_own()
    {
        var links = new Dictionary<string, string>(StringComparer.Ordinal) { ["C-1"] = "org-1" };
        Assert.Equal(("org-1", "C-1"), Adopted(Judge(links, By("org-1", MatchKind.SageId, "C-1"))));
    }

    [Fact]
    public void A_customer_that_two_records_match_goes_to_neither()
    {
        var verdicts = CustomerMatch
            .Judge([By("org-1", MatchKind.Name, "C-1"), By("org-2", MatchKind.SageId, "c-1")], NoLinks)
            .ToList();
        Assert.Equal(2, verdicts.Count);
        foreach (var verdict in verdicts)
        {
            var problem = Needed(verdict);
            Assert.Equal("customer-contested", problem.Code);
            Assert.Contains("org-1, org-2", problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_copied_id_shows_whose_it_is()
    {
        var problem = Needed(
            Judge(
                new Dictionary<string, string>(StringComparer.Ordinal) { ["C-1"] = "org-9" },
                By("org-1", MatchKind.SageId, "C-1")
            )
        );
        Assert.Equal("sage-id-taken", problem.Code);
        Assert.Contains("org-9", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_that_intacct_does_not_know_needs_a_person() =>
        Assert.Equal("sage-id-unknown", Needed(Judge(NoLinks, By("org-1", MatchKind.SageId))).Code);

    [Theory]
    [InlineData(nameof(MatchKind.Name))]
    [InlineData(nameof(MatchKind.Email))]
    public void Nothing_found_by_name_or_email_means_no_counterpart(string kind) =>
        Assert.Empty(CustomerMatch.Judge([By("org-1", Enum.Parse<MatchKind>(kind))], NoLinks));

    private static Candidates By(string sourceId, MatchKind kind, params string[] ids) =>
        new(sourceId, kind, "Harbor", [.. ids.Select(id => new FoundCustomer(id, "Harbor", null, null))]);

    private static CustomerMatch Judge(Dictionary<string, string> links, Candidates candidates) =>
        Assert.Single(CustomerMatch.Judge([candidates], links));

    private static (string SourceId, string CustomerId) Adopted(CustomerMatch verdict)
    {
        var adopt = Assert.IsType<CustomerMatch.Adopt>(verdict);
        return (adopt.SourceId, adopt.Customer.CustomerId);
    }

    private static Core.Domain.Problem Needed(CustomerMatch verdict) =>
        Assert.IsType<CustomerMatch.Needs>(verdict).Problem;
}
