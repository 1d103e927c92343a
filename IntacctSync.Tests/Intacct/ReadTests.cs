using System.Globalization;
using System.Xml.Linq;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Intacct;

public sealed class ReadTests : IDisposable
{
    private readonly IntacctStand _stand = new IntacctStand().LoggedIn();

    [Fact]
    public async Task Many_keys_go_in_few_requests_and_come_back_as_records()
    {
        _stand.Gateway.Otherwise = AnswerReads;
        var keys = Enumerable.Range(1, 1050).Select(i => $"C{i}").ToList();
        var records = await _stand.Client.ReadByNameAsync(
            Some.IntacctCredentials(),
            "CUSTOMER",
            [.. keys, "C1"],
            ["CUSTOMERID"],
            CancellationToken.None
        );
        Assert.Equal(keys, records.Select(r => r["CUSTOMERID"]!), StringComparer.Ordinal);
        Assert.Equal(3, _stand.Gateway.Asked);
        Assert.All(
            _stand.Gateway.Bodies.Skip(1),
            b => Assert.Contains("<uniqueid>false</uniqueid>", b, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Records_that_are_too_large_for_one_answer_are_read_in_several()
    {
        _stand.Gateway.Otherwise = request =>
            XDocument.Parse(request).Descendants("keys").Single().Value.Split(',').Length > 2
                ? TooLarge(request)
                : AnswerReads(request);
        var keys = Enumerable.Range(1, 5).Select(i => $"C{i}").ToList();
        var records = await _stand.Client.ReadByNameAsync(
            Some.IntacctCredentials(),
            "CUSTOMER",
            keys,
            ["CUSTOMERID"],
            CancellationToken.None
        );
        Assert.Equal(keys, records.Select(r => r["CUSTOMERID"]!), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Pages_get_smaller_where_so_many_records_are_too_large_an_answer_and_one_alone_is_told_at_once()
    {
        _stand.Gateway.Otherwise = TooLarge;
        var failure = await Assert.ThrowsAsync<IntacctException>(async () =>
        {
            var query = new IntacctQuery("CUSTOMER", ["CUSTOMERID"]);
            await foreach (var _ in _stand.Client.QueryAsync(Some.IntacctCredentials(), query, CancellationToken.None))
            { }
        });
        Assert.Equal("intacct-too-large", failure.Classified.Problem.Code);
        Assert.Equal(Core.Domain.FailureClass.Data, failure.Classified.Class);
        Assert.Equal(
            ["2000", "1000", "500", "250", "125", "62", "31", "15", "7", "3", "1"],
            _stand.Gateway.Bodies.Skip(1).Select(b => XDocument.Parse(b).Descendants("pagesize").Single().Value)
        );
    }

    /// <summary>More empty fields than are read, in few bytes.</summary>
    private static HttpResponseMessage TooLarge(string request) =>
        StubHandler.Answer(
            Answers.Operation(
                Answers.Success(
                    Answers.ControlIdOf(request),
                    $"<data><r>{string.Concat(Enumerable.Repeat("<a/>", FieldAllowance.Most))}</r></data>",
                    "read"
                )
            )
        );

    [Fact]
    public async Task A_key_with_a_comma_is_asked_for_by_query()
    {
        _stand.Gateway.Otherwise = AnswerReads;
        var records = await _stand.Client.ReadByNameAsync(
            Some.IntacctCredentials(),
            "CONTACT",
            ["Reyes, Ana"],
            ["CONTACTNAME"],
            CancellationToken.None
        );
        Assert.Equal("Reyes, Ana", Assert.Single(records)["CONTACTNAME"]);
        Assert.Contains(
            "<in><field>CONTACTNAME</field><value>Reyes, Ana</value></in>",
            _stand.Gateway.Bodies.Last(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Keys_that_do_not_exist_are_left_out_and_no_keys_ask_nothing()
    {
        _stand.Gateway.Otherwise = request =>
            StubHandler.Answer(
                Answers.Operation(
                    Answers.Success(Answers.ControlIdOf(request), "<data listtype=\"CUSTOMER\" count=\"0\"/>", "read")
                )
            );
        Assert.Empty(
            await _stand.Client.ReadAsync(Some.IntacctCredentials(), "CUSTOMER", ["99"], ["*"], CancellationToken.None)
        );
        Assert.Empty(
            await _stand.Client.ReadAsync(Some.IntacctCredentials(), "CUSTOMER", [], ["*"], CancellationToken.None)
        );
        Assert.Equal(2, _stand.Gateway.Asked);
    }

    [Fact]
    public async Task What_cannot_be_read_is_said_before_anything_is_sent()
    {
        await Assert.ThrowsAsync<ArgumentException>(() =>
            _stand.Client.ReadAsync(Some.IntacctCredentials(), "CUSTOMER", ["1"], [], CancellationToken.None)
        );
        await Assert.ThrowsAsync<ArgumentException>(() =>
            _stand.Client.ReadByNameAsync(Some.IntacctCredentials(), "CONTACT", ["a,b"], ["*"], CancellationToken.None)
        );
        await Assert.ThrowsAsync<ArgumentException>(() =>
            _stand.Client.ReadByNameAsync(
                Some.IntacctCredentials(),
                "NOSUCH",
                ["a,b"],
                ["NAME"],
                CancellationToken.None
            )
        );
        Assert.Equal(0, _stand.Gateway.Asked);
    }

    [Theory]
    [InlineData("+09:30", 570)]
    [InlineData("-07:00", -420)]
    [InlineData("+00:00", 0)]
    [InlineData("GMT", 0)]
    [InlineData("", 0)]
    public async Task The_user_s_offset_is_read(string offset, int minutes)
    {
        _stand.Gateway.Otherwise = request =>
            StubHandler.Answer(
                Answers.Operation(
                    Answers.Success(
                        Answers.ControlIdOf(request),
                        $"<data listtype=\"userformatting\" count=\"1\"><userformatting><recordno>4</recordno>"
                            + $"<locale>en_US</locale><dateformat>/mdY</dateformat><gmtoffset>{offset}</gmtoffset>"
                            + $"<clock>24</clock></userformatting></data>",
                        "readUserFormatting"
                    )
                )
            );
        var formatting = await _stand.Client.ReadUserFormattingAsync(Some.IntacctCredentials(), CancellationToken.None);
        Assert.Equal((TimeSpan.FromMinutes(minutes), null), (formatting.GmtOffset, formatting.Objection));
    }

    [Fact]
    public void Formatting_that_times_cannot_be_read_by_names_its_fix()
    {
        Assert.Contains(
            "24 hours",
            new UserFormatting("en_US", "/mdY", TimeSpan.Zero, "12").Objection!,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "mm/dd/yyyy",
            new UserFormatting("en_US", ".ymd", TimeSpan.Zero, "24").Objection!,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "en_US",
            new UserFormatting("de_DE", "/mdY", TimeSpan.Zero, "24").Objection!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Company_preferences_are_read_by_name()
    {
        _stand.Gateway.Otherwise = request =>
            StubHandler.Answer(
                Answers.Operation(
                    Answers.Success(
                        Answers.ControlIdOf(request),
                        "<data><companypref><application>AR</application><preference>USELABELS</preference>"
                            + "<prefvalue>T</prefvalue></companypref><companypref><application>AR</application>"
                            + "<preference>X</preference><prefvalue/></companypref></data>",
                        "get_companyprefs"
                    )
                )
            );
        var preferences = await _stand.Client.GetCompanyPreferencesAsync(
            Some.IntacctCredentials(),
            "AR",
            CancellationToken.None
        );
        Assert.Equal(("T", ""), (preferences["uselabels"], preferences["X"]));
    }

    [Fact]
    public async Task Transactions_are_counted_as_sage_counts_them()
    {
        _stand.Gateway.Otherwise = _ =>
            StubHandler.Answer(Answers.Operation(Answers.Success("is-1") + Answers.Success("is-2")));
        var response = await _stand.Client.SendAsync(
            Some.IntacctCredentials(),
            [Some.CreateFunction("is-1"), Some.CreateFunction("is-2")],
            uniqueId: true,
            CancellationToken.None
        );
        Assert.Equal(2, response.Transactions);
        Assert.Equal(
            (0, 0, 1, 1),
            (
                TransactionCount.Of("getAPISession"),
                TransactionCount.Of("readUserFormatting"),
                TransactionCount.Of("query"),
                TransactionCount.Of("create_invoice")
            )
        );
    }

    public void Dispose() => _stand.Dispose();

    /// <summary>Answers reads by name with their keys, and queries with the values of their filter.</summary>
    private static HttpResponseMessage AnswerReads(string request)
    {
        var results = XDocument
            .Parse(request)
            .Descendants("function")
            .Select(f =>
            {
                var isQuery = f.Element("query") is not null;
                var names = isQuery
                    ? f.Descendants("value").Select(v => v.Value)
                    : f.Descendants("keys").Single().Value.Split(',');
                var field = isQuery ? f.Descendants("filter").Descendants("field").First().Value : "CUSTOMERID";
                var records = string.Concat(
                    names.Select(
                        (n, i) =>
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"<R><RECORDNO>{i}</RECORDNO><{field}>{n}</{field}></R>"
                            )
                    )
                );
                return Answers.Success(f.Attribute("controlid")!.Value, $"<data numremaining=\"0\">{records}</data>");
            });
        return StubHandler.Answer(Answers.Operation(string.Concat(results)));
    }
}
