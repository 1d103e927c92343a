using IntacctSync.Simulators;
using IntacctSync.Simulators.Upflow;
using IntacctSync.Tests.Support;
using static IntacctSync.Tests.Simulators.Upflow.ServedUpflow;

namespace IntacctSync.Tests.Simulators.Upflow;

public sealed class UpflowFaultTests : UpflowTest
{
    [Theory]
    [InlineData(UpflowFaults.Http400, 400)]
    [InlineData(UpflowFaults.Http401, 401)]
    [InlineData(UpflowFaults.Http404, 404)]
    [InlineData(UpflowFaults.Http429, 429)]
    [InlineData(UpflowFaults.Http429Bare, 429)]
    [InlineData(UpflowFaults.Http500, 500)]
    [InlineData(UpflowFaults.Http503, 503)]
    public async Task A_fault_instead_of_the_work_does_nothing(string fault, int status)
    {
        Inject(fault);

        var answer = await Upflow.PostAsync("/v1/invoices", InvoiceBody("I-1", 100));

        Assert.Equal(status, answer.Status);
        Assert.Equal(fault == UpflowFaults.Http429, answer.Headers.ContainsKey("Retry-After"));
        Assert.Empty(Upflow.Screens.Records("invoices"));
        await Upflow.InvoiceAsync("I-1", 100);
    }

    [Theory]
    [InlineData(UpflowFaults.ResetBefore, 0)]
    [InlineData(UpflowFaults.ResetAfter, 1)]
    public async Task A_connection_is_cut_before_or_after_the_work(string fault, int made)
    {
        Inject(fault);
        await Assert.ThrowsAsync<HttpRequestException>(() => Upflow.PostAsync("/v1/invoices", InvoiceBody("I-1", 100)));
        Assert.Equal(made, Upflow.Screens.Records("invoices").Count);
    }

    [Fact]
    public async Task An_answer_is_lost_after_the_work()
    {
        Inject(UpflowFaults.LostAnswer);
        using var given = new CancellationTokenSource();
        var sent = Upflow.SendAsync(
            "POST",
            "/v1/invoices",
            new StringContent(
                InvoiceBody("I-1", 100),
                System.Text.Encoding.UTF8,
                new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")
            ),
            cancellationToken: given.Token
        );
        await Soon.UntilAsync(() => Upflow.Screens.Records("invoices").Count > 0);

        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent);
        Assert.Equal("I-1", (await Upflow.InvoiceAsync("I-1", 100))["externalId"]!.GetValue<string>());
        Assert.Single(Upflow.Screens.Records("invoices"));
    }

    [Theory]
    [InlineData(UpflowFaults.Http503After, 503)]
    [InlineData(UpflowFaults.TruncatedAnswer, 200)]
    public async Task An_answer_is_spoilt_after_the_work(string fault, int status)
    {
        Inject(fault);

        var answer = await Upflow.PostAsync("/v1/invoices", InvoiceBody("I-1", 100));

        Assert.Equal(status, answer.Status);
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => answer.Json);
        Assert.Single(Upflow.Screens.Records("invoices"));
    }

    [Fact]
    public async Task A_slow_answer_comes_when_the_clock_says_so()
    {
        Upflow.Simulator.Faults.Add(Rule(UpflowFaults.Slow).With("seconds", 30));
        var sent = Upflow.PostAsync("/v1/invoices", InvoiceBody("I-1", 100));
        await Soon.UntilAsync(() => Upflow.Clock.NextTimerDue is not null);
        Assert.Empty(Upflow.Screens.Records("invoices"));

        Upflow.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(200, (await sent).Status);
    }

    [Theory]
    [InlineData("object", "invoices")]
    [InlineData("route", "POST /v1/invoices")]
    [InlineData("externalId", "I-2")]
    [InlineData("path", "/v1/invoices")]
    public async Task A_rule_falls_on_what_it_names_and_on_the_nth_time(string fact, string value)
    {
        Upflow.Simulator.Faults.Add(
            Rule(UpflowFaults.Http500) with
            {
                Match = new Dictionary<string, string>(StringComparer.Ordinal) { [fact] = value },
                Skip = fact == "externalId" ? 0 : 1,
            }
        );
        await Upflow.CustomerAsync("C-2");

        await Upflow.InvoiceAsync("I-1", 100);
        var second = await Upflow.PostAsync("/v1/invoices", InvoiceBody("I-2", 100));

        Assert.Equal(500, second.Status);
        await Upflow.InvoiceAsync("I-2", 100);
    }

    [Fact]
    public async Task Faults_are_set_from_outside_and_unknown_ones_refused()
    {
        async Task<int> PutAsync(string rules) =>
            (await Upflow.SendAsync("PUT", "/_sim/faults", new StringContent(rules))).Status;

        Assert.Equal(200, await PutAsync("""[{"fault":"http500","match":{"object":"payments"},"times":1}]"""));
        Assert.Equal(400, await PutAsync("""[{"fault":"earthquake"}]"""));
        Assert.Equal(500, (await Upflow.GetAsync("/v1/payments")).Status);
    }

    private void Inject(string fault) => Upflow.Simulator.Faults.Add(Rule(fault));

    private static FaultRule Rule(string fault) => new() { Fault = fault };
}
