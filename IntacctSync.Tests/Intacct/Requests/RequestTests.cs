using System.Text;
using System.Xml.Linq;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Intacct.Requests;

public sealed class RequestTests
{
    private static readonly ControlId Id = new("is-0001");

    /// <summary>Every shape that goes out, by the name of its approved text.</summary>
    private static readonly Dictionary<string, Func<byte[]>> Shapes = new(StringComparer.Ordinal)
    {
        ["login"] = () =>
            RequestDocument.Write(
                Some.IntacctCredentials(),
                null,
                "req-1",
                [ReadRequests.Session(Id)],
                uniqueId: false
            ),
        ["login-entity"] = () =>
            RequestDocument.Write(
                Some.IntacctCredentials(entityId: "West"),
                null,
                "req-1",
                [ReadRequests.Session(Id)],
                uniqueId: false
            ),
        ["customer-create"] = () => Write(CustomerRequests.Create(Id, Some.Customer())),
        ["customer-update"] = () =>
            Write(
                CustomerRequests.Update(
                    Id,
                    new CustomerFields
                    {
                        RecordNo = "12",
                        Status = "inactive",
                        Comments = "",
                    }
                )
            ),
        ["contact-create"] = () => Write(ContactRequests.Create(Id, Some.Contact())),
        ["contact-update"] = () =>
            Write(ContactRequests.Update(Id, new ContactFields { ContactName = "Ana", Phone1 = "" })),
        ["customer-attach-contacts"] = () =>
            Write(
                CustomerRequests.AttachContacts(
                    Id,
                    "Z01",
                    [new("Ana Reyes", "Ana (Z-1)"), new("Ben & Co", "Ben (Z-2)")]
                )
            ),
        ["invoice-create"] = () => Write(InvoiceRequests.Create(Id, Some.InvoiceFields())),
        ["invoice-create-least"] = () => Write(InvoiceRequests.Create(Id, Some.LeastInvoice())),
        ["invoice-update"] = () => Write(InvoiceRequests.Update(Id, "5150", Some.InvoiceUpdate())),
        ["invoice-update-head"] = () =>
            Write(InvoiceRequests.Update(Id, "5150", new InvoiceUpdate { Description = "" })),
        ["invoice-reverse"] = () =>
            Write(InvoiceRequests.Reverse(Id, "5150", new DateOnly(2026, 3, 1), "Canceled in Zuper")),
        ["payment-create"] = () => Write(PaymentRequests.Create(Id, Some.PaymentFields())),
        ["payment-reverse"] = () =>
            Write(PaymentRequests.Reverse(Id, "900", new DateOnly(2026, 3, 9), "Paid back in Upflow")),
        ["order-entry-create"] = () => Write(OrderEntryRequests.Create(Id, Some.OrderEntry())),
        ["order-entry-update"] = () =>
            Write(OrderEntryRequests.Update(Id, "Sales Invoice-INV-2041", Some.OrderEntryUpdate())),
        ["order-entry-delete"] = () => Write(OrderEntryRequests.Delete(Id, "Sales Invoice-INV-2041")),
        ["several-functions"] = () =>
            RequestDocument.Write(
                Some.IntacctCredentials(),
                Some.SessionId,
                "req-1",
                [Some.CreateFunction("is-1", "One"), Some.CreateFunction("is-2", "Two")],
                uniqueId: true
            ),
        ["read-by-name"] = () => Ask(ReadRequests.ReadByName(Id, "CUSTOMER", ["C1", "C2"], ["RECORDNO", "CUSTOMERID"])),
        ["read"] = () => Ask(ReadRequests.Read(Id, "CUSTOMER", ["1", "2"], ["*"])),
        ["user-formatting"] = () => Ask(ReadRequests.UserFormatting(Id, "api_user")),
        ["company-preferences"] = () => Ask(ReadRequests.CompanyPreferences(Id, "AR")),
        ["audit-deletions"] = () => Ask(Deletions().Page(Id, Deletions().Filter, ["ACCESSTIME", "ID"])),
        ["query"] = () => Ask(Query().Page(Id, Query().Filter, ["WHENMODIFIED", "RECORDNO"])),
    };

    /// <summary>Intacct's published schema of 2019 does not know <c>query</c>, which came later.</summary>
    private static readonly string[] Unpublished = ["query", "audit-deletions"];

    public static TheoryData<string> All => new(Shapes.Keys.ToArray());

    public static TheoryData<string> Published =>
        new(Shapes.Keys.Except(Unpublished, StringComparer.Ordinal).ToArray());

    [Theory]
    [MemberData(nameof(All))]
    public void Each_request_is_as_approved(string shape)
    {
        var text = XDocument.Parse(Encoding.UTF8.GetString(Shapes[shape]()), LoadOptions.None).ToString();
        Approval.Matches(shape, text.ReplaceLineEndings("\n") + "\n");
    }

    [SchemaTheory]
    [MemberData(nameof(Published))]
    public void Each_request_keeps_to_the_published_schema(string shape) =>
        RequestSchema.Check(Encoding.UTF8.GetString(Shapes[shape]()));

    [SchemaFact]
    public void The_schema_would_notice_a_wrong_order()
    {
        var wrong = Encoding
            .UTF8.GetString(Shapes["login"]())
            .Replace("<companyid>Harbor-Dental</companyid>", "", StringComparison.Ordinal)
            .Replace("</login>", "<companyid>Harbor-Dental</companyid></login>", StringComparison.Ordinal);
        Assert.Contains(
            "companyid",
            Assert.ThrowsAny<Exception>(() => RequestSchema.Check(wrong)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_request_goes_out_as_utf_8_without_a_mark_and_without_white_space()
    {
        var bytes = Shapes["login"]();
        Assert.Equal((byte)'<', bytes[0]);
        Assert.DoesNotContain("> <", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void The_text_of_a_function_goes_out_as_it_was_fixed()
    {
        var function = CustomerRequests.Create(Id, Some.Customer() with { Name = "A & B\r\n\"quoted\" é 😀" });
        Assert.Contains(
            $"<function controlid=\"is-0001\">{function.Xml}</function>",
            Encoding.UTF8.GetString(Write(function)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Characters_that_xml_forbids_are_left_out_and_all_others_stay()
    {
        var function = ContactRequests.Update(
            Id,
            new ContactFields { ContactName = "a\u0001b\u000Bc\uD800d😀\te\uFFFE" }
        );
        Assert.Equal("abcd😀\te", XElement.Parse(function.Xml).Value);
    }

    [Fact]
    public void Nothing_is_left_out_silently_that_intacct_requires()
    {
        Assert.Contains(
            "NAME",
            Assert
                .Throws<ArgumentException>(() => CustomerRequests.Create(Id, Some.Customer() with { Name = " " }))
                .Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "PRINTAS",
            Assert
                .Throws<ArgumentException>(() =>
                    CustomerRequests.Create(Id, Some.Customer() with { DisplayContact = null })
                )
                .Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => CustomerRequests.Update(Id, new CustomerFields { Name = "x" }));
        Assert.Throws<ArgumentException>(() => ContactRequests.Create(Id, new ContactFields { ContactName = "x" }));
        Assert.Throws<ArgumentException>(() => ContactRequests.Update(Id, new ContactFields { PrintAs = "x" }));
        Assert.Throws<ArgumentException>(() => CustomerRequests.AttachContacts(Id, "Z01", []));
        Assert.Throws<ArgumentException>(() => CustomerRequests.AttachContacts(Id, "Z01", [new("", "Ana")]));
    }

    [Fact]
    public void A_custom_field_must_be_the_name_of_an_element() =>
        Assert.Throws<ArgumentException>(() =>
            CustomerRequests.Create(
                Id,
                Some.Customer() with
                {
                    CustomFields = new Dictionary<string, string?>(StringComparer.Ordinal) { ["A B>"] = "x" },
                }
            )
        );

    [Fact]
    public void A_filter_joins_two_conditions_or_more_and_splits_long_lists()
    {
        var one = QueryFilter.EqualTo("A", "1");
        Assert.Same(one, QueryFilter.And(null, one));
        Assert.Null(QueryFilter.Or(null, null));
        Assert.Throws<ArgumentException>(() => QueryFilter.In("A", []));
        var lists = Xml(QueryFilter.In("A", [.. Enumerable.Range(0, 2001).Select(i => $"v{i}")]));
        Assert.Equal(("or", 3), (lists.Name.LocalName, lists.Elements("in").Count()));
        Assert.Equal(2001, lists.Descendants("value").Count());
        Assert.Equal(
            "and",
            Xml(QueryFilter.NotIn("A", [.. Enumerable.Range(0, 1001).Select(i => $"v{i}")])).Name.LocalName
        );
        Assert.Equal("in", Xml(QueryFilter.In("A", ["1"])).Name.LocalName);
    }

    private static XElement Xml(QueryFilter filter)
    {
        var query = new IntacctQuery("CUSTOMER", ["NAME"]).Page(Id, filter, ["RECORDNO"]);
        return XElement.Parse(query.Xml).Element("filter")!.Elements().Single();
    }

    private static byte[] Write(IntacctFunction function) =>
        RequestDocument.Write(Some.IntacctCredentials(), Some.SessionId, "req-1", [function], uniqueId: true);

    private static byte[] Ask(IntacctFunction function) =>
        RequestDocument.Write(Some.IntacctCredentials(), Some.SessionId, "req-1", [function], uniqueId: false);

    private static IntacctQuery Deletions() => AuditDeletion.Query(["ARPYMT", "ARINVOICE"], "03/02/2026 09:00:00");

    private static IntacctQuery Query() =>
        new("CUSTOMER", ["CUSTOMERID", "DISPLAYCONTACT.EMAIL1"])
        {
            Order = QueryOrder.ByChange("WHENMODIFIED", "03/02/2026 09:00:00"),
            CaseInsensitive = true,
            Filter = QueryFilter.And(
                QueryFilter.GreaterThan("WHENMODIFIED", "03/02/2026 09:00:00"),
                QueryFilter.Or(
                    QueryFilter.In("STATUS", ["active", "inactive"]),
                    QueryFilter.IsNull("NAME"),
                    QueryFilter.Like("NAME", "Har%")
                ),
                QueryFilter.Between("RECORDNO", "1", "9"),
                QueryFilter.IsNotNull("CUSTOMERID")
            ),
        };
}
